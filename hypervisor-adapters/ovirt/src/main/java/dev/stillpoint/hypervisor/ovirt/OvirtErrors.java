package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.ovirt.http.Peer;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the SDK throws into errors for people; the only place that reads its texts. */
final class OvirtErrors {

  private static final Pattern CODE = Pattern.compile("HTTP response code is \"(\\d+)\"");
  private static final Pattern DETAIL =
      Pattern.compile("Fault detail is \"(.*?)\"(?:\\. HTTP response|$)", Pattern.DOTALL);
  private static final Pattern NO_SPACE =
      Pattern.compile(
          "low disk space|no space left|not enough (free )?space", Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_RIGHT =
      Pattern.compile("not authorized|insufficient permissions", Pattern.CASE_INSENSITIVE);
  private static final int STATUS_UNKNOWN = 0;

  private final SiteAddress address;
  private final Peer peer;

  OvirtErrors(SiteAddress address, Peer peer) {
    this.address = address;
    this.peer = peer;
  }

  /**
   * @param doing what was tried, naming the thing: {@code Starting the backup of VM web01}
   */
  StillpointException translate(String doing, RuntimeException error) {
    if (error instanceof StillpointException known) {
      return known;
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof StillpointException known) {
        return known;
      }
      if (cause instanceof IOException broken) {
        return peer.unavailable(doing, broken);
      }
    }
    String text = String.valueOf(error.getMessage());
    int status = status(text);
    if (status == STATUS_UNKNOWN) {
      return new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          doing + " failed: the answer of " + peer.name() + " could not be understood",
          "Check the engine's version and its log",
          error);
    }
    return refused(doing, status, detail(text));
  }

  /** What a fault with that status and text means. */
  OvirtException refused(String doing, int status, String faultDetail) {
    String detail = faultDetail.replaceAll("^\\[|]$", "").strip();
    ErrorKind kind = kind(status, detail);
    String reason = detail.isEmpty() ? bareReason(status) : detail;
    return new OvirtException(
        kind,
        doing + " failed: " + reason + " (" + peer.name() + ")",
        remedy(kind),
        status,
        detail);
  }

  /** The answer came from something in front of the engine, or from no engine at all. */
  StillpointException notTheApi(int status, String contentType) {
    if (status == 502 || status == 503 || status == 504) {
      return new StillpointException(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          peer.name() + " answers " + status + ": the engine behind it does not run",
          "Start the engine (systemctl status ovirt-engine) or wait until it has started");
    }
    return new StillpointException(
        ErrorKind.HYPERVISOR_UNAVAILABLE,
        "This does not look like an oVirt engine's API: "
            + peer.name()
            + " answers "
            + status
            + " with "
            + (contentType.isEmpty() ? "no content type" : contentType),
        "Correct the site's address; it ends with /ovirt-engine/api");
  }

  /** Unlike an empty 404, which means that there is no such thing. */
  StillpointException callUnknown(String contentType) {
    return new StillpointException(
        ErrorKind.HYPERVISOR_REFUSED,
        peer.name()
            + " answers 404 with "
            + (contentType.isEmpty() ? "no content type" : contentType)
            + ": it does not know this call, or is just being started",
        "Wait until the engine has started; check that its version is 4.4 or later");
  }

  StillpointException loginRefused(String detail) {
    return new StillpointException(
        ErrorKind.UNAUTHENTICATED,
        "User " + address.username() + " could not log in at " + peer.name() + reason(detail),
        "Correct the site's user name or password, and check that the account is not locked");
  }

  /** The engine's own words name the user; nothing else of what was sent is in them. */
  StillpointException callerRefused(String detail) {
    return new StillpointException(
        ErrorKind.UNAUTHENTICATED,
        "Nobody was signed in at " + peer.name() + reason(detail),
        "Correct the user name (like name@internal) or the password, and check that the account is"
            + " not locked");
  }

  StillpointException loginFailed(String detail) {
    return new StillpointException(
        ErrorKind.HYPERVISOR_UNAVAILABLE,
        "The single sign-on of " + peer.name() + " failed" + reason(detail),
        "Look into the engine's server.log, then try again");
  }

  StillpointException tokenRefused() {
    return new StillpointException(
        ErrorKind.UNAUTHENTICATED,
        peer.name() + " does not accept the login of user " + address.username(),
        "Give the user a role on the engine; a user without any may log in but do nothing");
  }

  /** Somebody else's token, not ours. */
  StillpointException callerUnknown() {
    return new StillpointException(
        ErrorKind.UNAUTHENTICATED,
        peer.name() + " does not know the caller's token, or it has expired",
        "Log in to the engine again");
  }

  private static String reason(String detail) {
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static int status(String text) {
    Matcher code = CODE.matcher(text);
    return code.find() ? Integer.parseInt(code.group(1)) : STATUS_UNKNOWN;
  }

  private static String detail(String text) {
    Matcher detail = DETAIL.matcher(text);
    return detail.find() ? detail.group(1) : "";
  }

  private static ErrorKind kind(int status, String detail) {
    if (NO_SPACE.matcher(detail).find()) {
      return ErrorKind.OUT_OF_SPACE;
    }
    if (status == 403 || NO_RIGHT.matcher(detail).find()) {
      return ErrorKind.PERMISSION;
    }
    return switch (status) {
      case 401 -> ErrorKind.UNAUTHENTICATED;
      case 404 -> ErrorKind.NOT_FOUND;
      case 409 -> ErrorKind.CONFLICT;
      case 502, 503, 504 -> ErrorKind.HYPERVISOR_UNAVAILABLE;
      default -> ErrorKind.HYPERVISOR_REFUSED;
    };
  }

  private static String bareReason(int status) {
    return status == 404
        ? "the engine does not know it"
        : "the engine answers " + status + " without a reason";
  }

  private String remedy(ErrorKind kind) {
    return switch (kind) {
      case OUT_OF_SPACE -> "Free space on the storage domain or choose another one";
      case PERMISSION ->
          "Give user " + address.username() + " a role on the engine that permits this";
      case NOT_FOUND -> "Check on the engine whether it was removed";
      case CONFLICT ->
          "Wait until what holds it has ended, or end it on the engine; then try again";
      case HYPERVISOR_UNAVAILABLE -> "Check that the engine runs";
      default -> "Look into the engine's events for the cause";
    };
  }
}
