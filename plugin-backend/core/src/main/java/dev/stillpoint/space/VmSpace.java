package dev.stillpoint.space;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.time.LocalDate;

/**
 * What a VM's points take in the repository, at the last look of a day.
 *
 * @param day in UTC
 * @param unique what nobody else needs
 * @param shared what others need as well
 */
public record VmSpace(LocalDate day, VmId vm, ByteCount unique, ByteCount shared) {

  public VmSpace {
    requireNonNull(day, "day");
    requireNonNull(vm, "vm");
    requireNonNull(unique, "unique");
    requireNonNull(shared, "shared");
  }
}
