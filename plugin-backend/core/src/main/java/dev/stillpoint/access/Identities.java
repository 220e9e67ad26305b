package dev.stillpoint.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.site.Sites;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks managers whose token that is and remembers the answer for at most a minute, by a hash: the
 * token itself is kept nowhere. Thread-safe.
 */
public final class Identities {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST = 1000;

  private final Sites sites;
  private final InstantSource clock;
  private final Map<String, Known> known = new LinkedHashMap<>();

  private record Known(Access access, Instant since) {}

  public Identities(Sites sites, InstantSource clock) {
    this.sites = sites;
    this.clock = clock;
  }

  /**
   * @param token of that site's manager
   * @throws dev.stillpoint.model.StillpointException UNAUTHENTICATED when the manager does not know
   *     it
   */
  public Access of(SiteId site, Password token) {
    String key = key(site, token);
    Instant now = clock.instant();
    synchronized (known) {
      known.values().removeIf(one -> !now.isBefore(one.since().plus(LONGEST)));
      Known before = known.get(key);
      if (before != null) {
        return before.access();
      }
    }
    // Outside the lock: a manager that is slow must not hold up callers of the others.
    Callers callers = sites.session(site).callers();
    Map<Right, String> permits = new EnumMap<>(Right.class);
    Arrays.stream(Right.values()).forEach(right -> permits.put(right, callers.permit(right)));
    Access access = Access.of(site, callers.identify(token), permits);
    synchronized (known) {
      if (known.size() >= MOST) {
        known.remove(known.keySet().iterator().next());
      }
      known.put(key, new Known(access, now));
    }
    return access;
  }

  /** What callers of a site may see and do is asked anew. */
  public void forget(SiteId site) {
    synchronized (known) {
      known.values().removeIf(one -> one.access().sees(site));
    }
  }

  /** A token that has ended is not known any more, from now on. */
  void forget(SiteId site, Password token) {
    synchronized (known) {
      known.remove(key(site, token));
    }
  }

  /** Tells tokens apart and does not tell them. */
  static String key(SiteId site, Password token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(site.value().getBytes(UTF_8));
      digest.update((byte) 0);
      byte[] secret = token.use(Identities::bytes);
      digest.update(secret);
      Arrays.fill(secret, (byte) 0);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Two for each character; what they say does not matter, only that no String is made. */
  private static byte[] bytes(char[] characters) {
    byte[] bytes = new byte[2 * characters.length];
    ByteBuffer.wrap(bytes).asCharBuffer().put(characters);
    return bytes;
  }
}
