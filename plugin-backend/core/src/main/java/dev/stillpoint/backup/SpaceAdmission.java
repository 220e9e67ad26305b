package dev.stillpoint.backup;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Admission;
import dev.stillpoint.repository.SpaceReport;

/**
 * Lets those VMs of one run through that fit into the repository together. Thread-safe.
 *
 * <p>All VMs of a run are asked before the first is read, so that one look at the space serves all.
 */
final class SpaceAdmission {

  private final SpaceReport space;
  private ByteCount admitted = ByteCount.ZERO;

  SpaceAdmission(SpaceReport space) {
    this.space = space;
  }

  /**
   * @param predicted what the VM will add
   * @throws StillpointException OUT_OF_SPACE, with the figures
   */
  synchronized void admit(String vmName, ByteCount predicted) {
    Admission admission = Admission.decide(admitted.plus(predicted), space);
    if (!admission.admitted()) {
      String others = admitted.equals(ByteCount.ZERO) ? "" : ", other VMs of this run included";
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "The backup of %s would not fit into the repository: %s%s"
              .formatted(vmName, admission.reason(), others),
          "Grow the reserve, or expire restore points and collect their space.");
    }
    admitted = admitted.plus(predicted);
  }
}
