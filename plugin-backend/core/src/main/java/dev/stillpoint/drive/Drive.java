package dev.stillpoint.drive;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.model.DiskId;
import java.util.Optional;
import java.util.Set;

/**
 * A VM's CD drive as it is after what was asked.
 *
 * @param ours the media in it that we brought
 * @param before what it held before one of ours came into it; empty while none is in it
 * @param brought the image had to be brought to the site for this; otherwise it was there already
 */
public record Drive(
    DriveContent content, Set<DiskId> ours, Optional<DriveContent> before, boolean brought) {

  public Drive {
    requireNonNull(content, "content");
    ours = Set.copyOf(ours);
    requireNonNull(before, "before");
  }
}
