package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads small files that hold secrets. */
final class SecretFile {

  private SecretFile() {}

  /**
   * The whole content; the caller wipes it.
   *
   * @param what names the file's sort, for messages
   * @throws StillpointException NOT_FOUND, or BAD_REQUEST when it is longer or cannot be read
   */
  static byte[] read(Path file, int maxBytes, String what) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(maxBytes + 1);
      if (content.length > maxBytes) {
        Arrays.fill(content, (byte) 0);
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "The " + what + " " + file + " is longer than " + maxBytes + " bytes",
            "Check that it is the right file.");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no " + what + " " + file, "Check the path.", e);
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Cannot read the " + what + " " + file + ": " + e,
          "Check the path and the rights on it.",
          e);
    }
  }
}
