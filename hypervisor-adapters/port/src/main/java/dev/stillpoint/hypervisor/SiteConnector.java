package dev.stillpoint.hypervisor;

/** Opens sessions with one kind of manager. Implementations are stateless. */
public interface SiteConnector {

  /** The kind of site, as it stands in a site's settings: {@code ovirt}, {@code vsphere}. */
  String kind();

  /**
   * Logs in.
   *
   * @throws dev.stillpoint.model.StillpointException UNAUTHENTICATED when the manager refuses the
   *     name or the password; HYPERVISOR_UNAVAILABLE when it does not answer, answers with
   *     something that is not its API, or its certificate is not trusted; BAD_REQUEST for an
   *     address that cannot be one
   */
  SiteSession connect(SiteAddress address, Password password, SiteTimeouts timeouts);
}
