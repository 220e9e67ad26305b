package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * Where a manager is and as whom we work there.
 *
 * @param url the manager's API, for example {@code https://engine.example/ovirt-engine/api}
 * @param username the service account, for example {@code admin@internal}
 * @param trustedCertificates PEM certificates that sign the manager's and its hosts' certificates;
 *     empty: those that the Java runtime trusts
 */
public record SiteAddress(URI url, String username, String trustedCertificates) {

  public SiteAddress {
    requireNonNull(url, "url");
    requireNonNull(username, "username");
    requireNonNull(trustedCertificates, "trustedCertificates");
  }
}
