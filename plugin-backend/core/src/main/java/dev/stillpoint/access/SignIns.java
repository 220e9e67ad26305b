package dev.stillpoint.access;

import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Signs people in at a manager and out again, for consoles that are no part of a manager's own. Of
 * the tokens only hashes are kept, to know later which of them are ours to end. Thread-safe.
 */
public final class SignIns {

  private static final int AT_ONCE = 20;
  private static final int MOST = 10_000;

  private final Sites sites;
  private final Identities identities;
  private final SignInPace pace;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Map<String, Boolean> given = new LinkedHashMap<>();

  /**
   * Somebody who has signed in.
   *
   * @param token the receiver's to close
   */
  public record SignedIn(Site site, Access access, Password token, Optional<Instant> validUntil) {}

  public SignIns(Sites sites, Identities identities, InstantSource clock) {
    this.sites = sites;
    this.identities = identities;
    this.pace = new SignInPace(clock);
  }

  /** The names of the sites one can sign in to. */
  public List<String> sites() {
    return sites.all().stream().map(Site::name).sorted().toList();
  }

  /** How long that user must wait at that address before he may try again; zero: not at all. */
  public Duration mustWait(String site, String user, String address) {
    return pace.mustWait(who(site, user, address));
  }

  private static String who(String site, String user, String address) {
    return String.join("\n", site, user.toLowerCase(Locale.ROOT), address);
  }

  /**
   * Signs in at the manager of a site.
   *
   * @param address where the caller is
   * @throws StillpointException UNAUTHENTICATED when the manager refuses him, or lets him do
   *     nothing; CONFLICT when too many sign in at once
   */
  public SignedIn signIn(String site, String user, Password password, String address) {
    // A manager takes seconds to refuse: others must find threads left to answer them.
    if (!room.tryAcquire()) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Too many sign in just now", "Try again in a moment.");
    }
    String who = who(site, user, address);
    try {
      SignedIn signedIn = ask(site, user, password);
      pace.succeeded(who);
      return signedIn;
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.UNAUTHENTICATED || e.kind() == ErrorKind.NOT_FOUND) {
        pace.failed(who);
      }
      throw e;
    } finally {
      room.release();
    }
  }

  private SignedIn ask(String name, String user, Password password) {
    Site site = sites.require(name);
    Callers callers = sites.session(site.id()).callers();
    Callers.SignIn granted = callers.signIn(user, password);
    boolean known = false;
    try {
      Access access = identities.of(site.id(), granted.token());
      keep(Identities.key(site.id(), granted.token()));
      known = true;
      return new SignedIn(site, access, granted.token(), granted.validUntil());
    } finally {
      if (!known) {
        // The manager knows him, but lets him do nothing.
        callers.signOut(granted.token());
        granted.token().close();
      }
    }
  }

  private void keep(String key) {
    synchronized (given) {
      if (given.size() >= MOST) {
        given.remove(given.keySet().iterator().next());
      }
      given.put(key, true);
    }
  }

  /**
   * Ends a token at its manager, if it was given here: one of the manager's own console goes on.
   *
   * @return whether it was ended
   */
  public boolean signOut(Access access, Password token) {
    if (access.site().isEmpty()) {
      return false;
    }
    String key = Identities.key(access.site().get(), token);
    synchronized (given) {
      if (given.remove(key) == null) {
        return false;
      }
    }
    identities.forget(access.site().get(), token);
    sites.session(access.site().get()).callers().signOut(token);
    return true;
  }
}
