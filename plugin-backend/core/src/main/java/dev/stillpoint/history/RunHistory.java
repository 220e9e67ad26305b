package dev.stillpoint.history;

import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import java.time.Instant;

/**
 * Lists what became of runs by pages, without reading their documents. Thread-safe.
 *
 * <p>All throw a {@link dev.stillpoint.model.StillpointException}: BAD_REQUEST when the slice
 * begins nowhere.
 */
public interface RunHistory {

  Page<RunLine> runs(RunConditions conditions, Slice<RunSort> slice);

  /** The VMs of the runs that the conditions name; of a VM that is named itself, only that one. */
  Page<RunVmLine> vms(RunConditions conditions, Slice<RunSort> slice);

  /** Of every VM of which a backup ended, the last one. */
  Page<VmState> states(VmConditions conditions, Slice<VmSort> slice);

  /**
   * Forgets ended runs that were asked for before a time, and what came of slots before it. A run
   * stays as long as a restore point or an effect on a manager is of it, as it is the last of a VM,
   * or one of the twenty newest of its policy.
   *
   * @return how many runs that were
   */
  int forgetBefore(Instant time);
}
