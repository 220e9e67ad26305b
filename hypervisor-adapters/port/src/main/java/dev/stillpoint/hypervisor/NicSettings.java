package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A virtual NIC.
 *
 * @param name unique on its VM
 * @param model the manager's word: {@code virtio}
 * @param mac {@code 56:6f:..}; empty on a NIC to be made: the manager chooses one
 * @param profile what it is connected to; id empty: nothing
 * @param linked the cable is in
 * @param plugged the guest sees the card
 * @param guestAddresses IP addresses that the guest agent told, for the report
 */
public record NicSettings(
    String name,
    String model,
    String mac,
    NetworkProfile profile,
    boolean linked,
    boolean plugged,
    List<String> guestAddresses) {

  public NicSettings {
    requireNonNull(name, "name");
    requireNonNull(model, "model");
    requireNonNull(mac, "mac");
    requireNonNull(profile, "profile");
    guestAddresses = List.copyOf(guestAddresses);
  }

  public NicSettings withMac(String other) {
    return new NicSettings(name, model, other, profile, linked, plugged, guestAddresses);
  }

  public NicSettings withLinked(boolean other) {
    return new NicSettings(name, model, mac, profile, other, plugged, guestAddresses);
  }

  public NicSettings withGuestAddresses(List<String> others) {
    return new NicSettings(name, model, mac, profile, linked, plugged, others);
  }

  public NicSettings withProfile(NetworkProfile other) {
    return new NicSettings(name, model, mac, other, linked, plugged, guestAddresses);
  }
}
