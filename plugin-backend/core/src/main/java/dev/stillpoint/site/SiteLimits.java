package dev.stillpoint.site;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What may be backed up at a site at most.
 *
 * @param vmTotal of one VM, disks and memory together; empty: no limit
 * @param runData of one run, the sizes of the disks it backs up together; empty: no limit
 */
public record SiteLimits(Optional<ByteCount> vmTotal, Optional<ByteCount> runData) {

  public static final SiteLimits NONE = new SiteLimits(Optional.empty(), Optional.empty());

  public SiteLimits {
    requireNonNull(vmTotal, "vmTotal");
    requireNonNull(runData, "runData");
    if (Stream.of(vmTotal, runData).flatMap(Optional::stream).anyMatch(l -> l.bytes() == 0)) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A limit of nothing would refuse every VM",
          "Leave the limit out, or give a size.");
    }
  }
}
