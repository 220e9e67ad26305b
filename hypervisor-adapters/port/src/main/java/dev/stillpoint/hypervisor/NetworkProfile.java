package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/**
 * What a virtual NIC can be connected to: a vNIC profile, a port group.
 *
 * @param name of the profile
 * @param network name of the network behind it
 */
public record NetworkProfile(String id, String name, String network) {

  /** Connected to nothing. */
  public static final NetworkProfile NONE = new NetworkProfile("", "", "");

  public NetworkProfile {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(network, "network");
  }
}
