package dev.stillpoint.hypervisor.ovirt.imageio;

import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Trust;
import java.time.Duration;

/** Opens tickets of a {@link RealImageio}. */
final class RealTickets {

  /** Long enough for a machine that is busy with other things. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private RealTickets() {}

  static ImageioTicket open(String url, long sizeBytes) {
    return open(url, sizeBytes, ANSWER, "");
  }

  static ImageioTicket open(String url, long sizeBytes, Duration answer) {
    return open(url, sizeBytes, answer, "");
  }

  /**
   * @param pem the trusted authorities; empty: those of the Java runtime
   */
  static ImageioTicket open(String url, long sizeBytes, String pem) {
    return open(url, sizeBytes, ANSWER, pem);
  }

  private static ImageioTicket open(String url, long sizeBytes, Duration answer, String pem) {
    SiteTimeouts timeouts = new SiteTimeouts(ANSWER, answer, ANSWER, Duration.ofMillis(10));
    return ImageioTicket.open(url, "", "disk d1", sizeBytes, Trust.context(pem), timeouts);
  }
}
