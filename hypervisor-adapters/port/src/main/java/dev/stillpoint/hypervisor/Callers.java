package dev.stillpoint.hypervisor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who people are, and what they may do, by what the manager says of them. */
public interface Callers {

  /**
   * Asks the manager whose token this is and what he may do. The token is used for nothing else and
   * stays valid.
   *
   * @param token as a console of the manager holds it
   * @throws dev.stillpoint.model.StillpointException UNAUTHENTICATED when it is unknown or expired
   */
  Caller identify(Password token);

  /**
   * Signs somebody in at the manager, as its own sign-in page would.
   *
   * @throws dev.stillpoint.model.StillpointException UNAUTHENTICATED when the manager refuses the
   *     name or the password
   */
  SignIn signIn(String user, Password password);

  /** Ends a token at the manager; one that it does not know any more is ended. */
  void signOut(Password token);

  /** The manager's permit that gives a right. */
  String permit(Right right);

  /**
   * What the service account should be permitted and is not.
   *
   * @return empty when it has all
   */
  List<MissingPermit> missingPermits();

  /**
   * A token that the manager gave.
   *
   * @param token the receiver's to close
   * @param validUntil empty where the manager does not say
   */
  record SignIn(Password token, Optional<Instant> validUntil) {}

  /**
   * A permit that the service account lacks.
   *
   * @param permit in the manager's words
   * @param need what cannot be done without it
   */
  record MissingPermit(String permit, String need) {}
}
