package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A VM of the fake site, with what hangs on it. */
final class FakeVm {

  final VmId id;
  final Map<DiskId, DiskSettings> attached = new LinkedHashMap<>();
  final List<CheckpointId> checkpoints = new ArrayList<>();
  PowerState power = PowerState.UP;
  List<NicSettings> nics = List.of();
  String mediumNow = "";
  String mediumAtStart = "";
  boolean trayLocked;

  /** Whether the guest's file systems are frozen. */
  boolean frozen;

  /** Whether the guest has an agent that can freeze them. */
  boolean agent = true;

  Optional<VmAttributes> attributes = Optional.empty();

  /** Ids of those to whom it was given. */
  final Set<String> owners = new HashSet<>();

  /** Names of those that others made. */
  List<String> snapshots = List.of();

  String host = "host-1";

  /** All but id, power, disks and NICs, which are kept above. */
  private VmSettings described;

  FakeVm(VmId id, VmSettings described) {
    this.id = id;
    this.described = described;
  }

  String name() {
    return described.name();
  }

  String comment() {
    return described.comment();
  }

  void describe(VmSettings as, String comment) {
    described =
        new VmSettings(
            id,
            described.name(),
            as.description(),
            comment,
            power,
            described.cluster(),
            as.hardware(),
            as.bootOrder(),
            as.operatingSystem(),
            List.of(),
            List.of(),
            described.nativeDocument(),
            described.attributes());
  }

  VmSettings settings() {
    return new VmSettings(
        id,
        described.name(),
        described.description(),
        described.comment(),
        power,
        described.cluster(),
        described.hardware(),
        described.bootOrder(),
        described.operatingSystem(),
        List.copyOf(attached.values()),
        nics,
        "<fake:vm name='" + described.name() + "'/>",
        attributes);
  }
}
