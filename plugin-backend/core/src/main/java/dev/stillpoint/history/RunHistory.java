package dev.stillpoint.history;

import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;

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
}
