package dev.stillpoint.repository.nbd;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.ImageReader;
import java.util.function.Supplier;

/**
 * An image under the name by which clients ask for it.
 *
 * @param name any text without NUL, at most 4096 bytes as UTF-8, such as {@code POINT/DISK}
 * @param description for people, at most 4096 bytes as UTF-8; may be empty
 * @param opener opens the image when the first client comes; called again after the last one has
 *     left and another comes. It may throw a StillpointException, which that client is told. The
 *     server closes what it opened.
 */
public record NbdExport(String name, String description, Supplier<ImageReader> opener) {

  public NbdExport {
    NbdText.requireValid(requireNonNull(name, "name"));
    NbdText.requireValid(requireNonNull(description, "description"));
    requireNonNull(opener, "opener");
  }
}
