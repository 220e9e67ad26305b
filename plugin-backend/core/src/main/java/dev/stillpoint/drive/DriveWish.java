package dev.stillpoint.drive;

import dev.stillpoint.hypervisor.MediaDrive.Moment;
import java.util.List;

/** When a change of a drive shall take effect. */
public enum DriveWish {
  /** Now if the VM runs, and from its next start on. */
  AS_FITS,
  NOW,
  NEXT_START,
  BOTH;

  /** What can fail, the running VM, comes first. */
  List<Moment> moments(boolean running) {
    return switch (this) {
      case AS_FITS -> running ? List.of(Moment.NOW, Moment.NEXT_START) : List.of(Moment.NEXT_START);
      case NOW -> List.of(Moment.NOW);
      case NEXT_START -> List.of(Moment.NEXT_START);
      case BOTH -> List.of(Moment.NOW, Moment.NEXT_START);
    };
  }
}
