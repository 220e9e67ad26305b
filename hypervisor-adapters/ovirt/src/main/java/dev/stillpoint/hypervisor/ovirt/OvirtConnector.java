package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Peer;
import dev.stillpoint.hypervisor.ovirt.http.Trust;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.Waiter;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** Opens sessions with oVirt engines. */
public final class OvirtConnector implements SiteConnector {

  private static final String API = "/api";

  private final Waiter waiter;
  private final LongSupplier nanoClock;

  /** For {@code ServiceLoader}. */
  public OvirtConnector() {
    this(Waiter.sleeping(), System::nanoTime);
  }

  OvirtConnector(Waiter waiter, LongSupplier nanoClock) {
    this.waiter = waiter;
    this.nanoClock = nanoClock;
  }

  @Override
  public String kind() {
    return "ovirt";
  }

  @Override
  public SiteSession connect(SiteAddress address, Password password, SiteTimeouts timeouts) {
    String api = api(address.url());
    String base = api.substring(0, api.length() - API.length());
    URI url = address.url();
    Peer peer =
        new Peer(
            "the engine at " + url.getScheme() + "://" + url.getAuthority(), timeouts.answer());
    OvirtErrors errors = new OvirtErrors(address, peer);
    SSLContext trust = Trust.context(address.trustedCertificates());
    Password copy = password.use(Password::new);
    EngineHttp http = new EngineHttp(base, address.username(), copy, trust, timeouts, errors);
    boolean connected = false;
    try {
      http.login();
      Engine engine = new Engine(http, api, errors, timeouts, waiter, nanoClock);
      OvirtSession session = new OvirtSession(engine, http, trust);
      session.info();
      connected = true;
      return session;
    } catch (IOException e) {
      throw peer.unavailable("Logging in as " + address.username(), e);
    } finally {
      if (!connected) {
        http.close();
      }
    }
  }

  private static String api(URI url) {
    String text = url.toString().replaceAll("/+$", "");
    boolean http = List.of("http", "https").contains(String.valueOf(url.getScheme()));
    if (!http || url.getHost() == null || url.getUserInfo() != null || !text.endsWith(API)) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The site's address cannot be that of an oVirt engine's API: " + withoutSecret(url),
          "Give an address like https://engine.example/ovirt-engine/api");
    }
    return text;
  }

  private static String withoutSecret(URI url) {
    return url.getUserInfo() == null ? url.toString() : url.getScheme() + "://" + url.getHost();
  }
}
