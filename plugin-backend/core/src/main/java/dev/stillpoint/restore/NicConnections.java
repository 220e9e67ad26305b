package dev.stillpoint.restore;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Decides what the NICs of a restored VM are connected to. */
final class NicConnections {

  private final RestorePoint point;
  private final RestoreRequest request;
  private final List<NetworkProfile> networks;
  private final Remarks remarks;

  /**
   * @param networks those there are now
   * @param remarks told of what is gone or cannot be
   */
  NicConnections(
      RestorePoint point, RestoreRequest request, List<NetworkProfile> networks, Remarks remarks) {
    this.point = point;
    this.request = request;
    this.networks = networks;
    this.remarks = remarks;
  }

  /** Networks by id, else by name; one that is gone leaves its NIC unconnected. */
  List<NicSettings> connected() {
    List<NicSettings> result = new ArrayList<>();
    for (NicSettings nic : point.settings().nics()) {
      NetworkProfile then = nic.profile();
      if (then.id().isEmpty()) {
        result.add(nic);
        continue;
      }
      Optional<String> choice = choice(then);
      if (choice.isPresent()) {
        result.add(nic.withProfile(chosen(nic, choice.get())));
        continue;
      }
      Optional<NetworkProfile> now =
          networks.stream()
              .filter(n -> n.id().equals(then.id()))
              .findFirst()
              .or(
                  () ->
                      networks.stream()
                          .filter(n -> n.name().equals(then.name()))
                          .filter(n -> n.network().equals(then.network()))
                          .findFirst());
      if (now.isEmpty()) {
        remarks.note("NIC " + nic.name() + ": network " + then.name() + " is gone, not connected");
      }
      result.add(nic.withProfile(now.orElse(NetworkProfile.NONE)));
    }
    return result;
  }

  /** What the request says of the network a NIC was on. */
  private Optional<String> choice(NetworkProfile then) {
    Map<String, String> choices = request.chosen().networks();
    return Stream.of(then.id(), then.name(), then.network())
        .filter(choices::containsKey)
        .findFirst()
        .map(choices::get);
  }

  private NetworkProfile chosen(NicSettings nic, String wanted) {
    if (wanted.isEmpty()) {
      return NetworkProfile.NONE;
    }
    Optional<NetworkProfile> found =
        networks.stream()
            .filter(n -> n.id().equals(wanted))
            .findFirst()
            .or(() -> networks.stream().filter(n -> n.name().equals(wanted)).findFirst())
            .or(() -> networks.stream().filter(n -> n.network().equals(wanted)).findFirst());
    if (found.isEmpty()) {
      remarks.refuse(
          ErrorKind.NOT_FOUND,
          "There is no network " + wanted + " for NIC " + nic.name(),
          "Choose another network.");
    }
    return found.orElse(NetworkProfile.NONE);
  }

  /** A choice that no NIC follows is a slip of the pen. */
  void checkChoices() {
    List<NetworkProfile> had = point.settings().nics().stream().map(NicSettings::profile).toList();
    for (String old : new TreeSet<>(request.chosen().networks().keySet())) {
      boolean known =
          had.stream()
              .anyMatch(n -> n.id().equals(old) || n.name().equals(old) || n.network().equals(old));
      if (!known) {
        remarks.refuse(
            ErrorKind.BAD_REQUEST,
            "No NIC of the restore point is on network " + old,
            "The restore point tells the networks of its NICs.");
      }
    }
  }
}
