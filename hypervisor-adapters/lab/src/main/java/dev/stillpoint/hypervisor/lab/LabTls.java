package dev.stillpoint.hypervisor.lab;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The key that both ports show their clients.
 *
 * @param keyStore a PKCS #12 file with one key
 */
public record LabTls(Path keyStore, String password) {
  public LabTls {
    requireNonNull(keyStore, "keyStore");
    requireNonNull(password, "password");
  }
}
