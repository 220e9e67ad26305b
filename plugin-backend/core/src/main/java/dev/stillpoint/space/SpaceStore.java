package dev.stillpoint.space;

import dev.stillpoint.model.VmId;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Keeps the figures of each day. Thread-safe. */
public interface SpaceStore {

  /** Keeps the figures of a day, in place of earlier ones of that day. */
  void put(SpaceDay day, List<VmSpace> vms);

  /** From that day on, the oldest first. */
  List<SpaceDay> days(LocalDate from);

  /** From that day on to before the other, the oldest first. */
  List<VmSpace> vms(LocalDate from, LocalDate before);

  /** Of these VMs only; reads nothing of others. */
  List<VmSpace> of(Set<VmId> vms, LocalDate from, LocalDate before);

  /** Forgets what is older. */
  void forgetBefore(LocalDate day);
}
