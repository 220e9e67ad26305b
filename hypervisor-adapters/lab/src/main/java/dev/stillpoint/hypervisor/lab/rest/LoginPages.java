package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.model.LabTimes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The engine's single sign-on: tokens for passwords. */
final class LoginPages {
  private static final String JSON = "application/json";
  private static final Duration LIFE = Duration.ofHours(12);

  private final Sessions sessions;
  private final InstantSource clock;
  private final LabTimes times;
  private final Optional<String> caPem;

  LoginPages(Sessions sessions, InstantSource clock, LabTimes times, Optional<String> caPem) {
    this.sessions = sessions;
    this.clock = clock;
    this.times = times;
    this.caPem = caPem;
  }

  /** An answer that may come late. */
  record Timed(HttpReply reply, Duration delay) {
    static Timed now(HttpReply reply) {
      return new Timed(reply, Duration.ZERO);
    }
  }

  Optional<Timed> answer(HttpCall call) {
    return switch (call.path()) {
      case "/ovirt-engine/sso/oauth/token" -> Optional.of(token(call));
      case "/ovirt-engine/sso/oauth/token-info" -> Optional.of(Timed.now(tokenInfo(call)));
      case "/ovirt-engine/services/sso-logout", "/ovirt-engine/sso/oauth/revoke" ->
          Optional.of(Timed.now(logout(call)));
      case "/ovirt-engine/services/pki-resource" -> Optional.of(Timed.now(certificate()));
      default -> Optional.empty();
    };
  }

  private static Map<String, String> form(HttpCall call) {
    Map<String, String> form = HttpCall.form(call.body());
    call.query().forEach(form::putIfAbsent);
    return form;
  }

  private Timed token(HttpCall call) {
    Map<String, String> form = form(call);
    String name = form.getOrDefault("username", "N/A");
    Optional<Account> account = sessions.check(name, form.getOrDefault("password", ""));
    if (account.isEmpty()) {
      String body =
          "{\"error_code\":\"access_denied\",\"error\":\"Cannot authenticate user '"
              + name.replaceAll("[\"\\\\]", "")
              + "': Unable to log in. Verify your login information or contact the system"
              + " administrator..\"}";
      return new Timed(HttpReply.of(400, JSON, body), times.loginRefusal());
    }
    String body =
        "{\"access_token\":\""
            + sessions.login(account.get())
            + "\",\"scope\":\"ovirt-app-api ovirt-ext=token-info:authz-search"
            + " ovirt-ext=token-info:public-authz-search ovirt-ext=token-info:validate"
            + " ovirt-ext=token:password-access\",\"exp\":\""
            + clock.instant().plus(LIFE).toEpochMilli()
            + "\",\"token_type\":\"bearer\"}";
    return Timed.now(HttpReply.of(200, JSON, body));
  }

  private HttpReply tokenInfo(HttpCall call) {
    Map<String, String> form = form(call);
    if (!form.getOrDefault("scope", "").contains("token-info:validate")) {
      return HttpReply.of(
          400,
          JSON,
          "{\"error_description\":\"Missing parameter: 'client_id'\",\"error\":\"invalid_request\"}");
    }
    if (sessions.byToken(form.getOrDefault("token", "")).isEmpty()) {
      return HttpReply.of(
          400,
          JSON,
          "{\"error_code\":\"invalid_grant\",\"error\":\"The provided authorization grant for the"
              + " auth code has expired.\"}");
    }
    return HttpReply.of(200, JSON, "{}");
  }

  private HttpReply logout(HttpCall call) {
    sessions.logout(form(call).getOrDefault("token", ""));
    return HttpReply.of(200, JSON, "{ }");
  }

  private HttpReply certificate() {
    return caPem
        .map(pem -> HttpReply.of(200, "application/x-x509-ca-cert; charset=ISO-8859-1", pem))
        .orElseGet(() -> HttpReply.empty(404));
  }
}
