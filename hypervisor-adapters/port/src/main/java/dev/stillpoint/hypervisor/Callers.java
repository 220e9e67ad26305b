package dev.stillpoint.hypervisor;

import java.util.List;

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

  /** The manager's permit that gives a right. */
  String permit(Right right);

  /**
   * What the service account should be permitted and is not.
   *
   * @return empty when it has all
   */
  List<MissingPermit> missingPermits();

  /**
   * A permit that the service account lacks.
   *
   * @param permit in the manager's words
   * @param need what cannot be done without it
   */
  record MissingPermit(String permit, String need) {}
}
