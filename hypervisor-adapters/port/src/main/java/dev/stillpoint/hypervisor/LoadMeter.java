package dev.stillpoint.hypervisor;

import java.util.List;

/** Tells how busy the disks of running VMs are. */
public interface LoadMeter {

  /**
   * The load of every disk that the manager tells of, in no order.
   *
   * <p>Managers refresh their figures each 15 to 20 seconds: a reading younger than that is
   * answered again without asking. Counters of the manager are turned into rates between two
   * readings, so the first reading of a disk, and the first after its VM was restarted or migrated,
   * has no operations.
   */
  List<DiskLoad> read();
}
