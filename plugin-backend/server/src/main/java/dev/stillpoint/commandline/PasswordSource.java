package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A password from a file's first line, or asked for on the terminal. The caller wipes it. */
final class PasswordSource {

  private final Surroundings.PasswordPrompt prompt;

  PasswordSource(Surroundings.PasswordPrompt prompt) {
    this.prompt = prompt;
  }

  /**
   * @param file the file; empty: ask
   * @param user whose password it is
   */
  char[] read(String file, String user) {
    if (!file.isEmpty()) {
      return firstLine(Path.of(file));
    }
    return prompt
        .ask("Password of " + user + ": ")
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.BAD_REQUEST,
                    "There is no terminal to ask for the password of " + user,
                    "Give a file that holds it with --password-file."));
  }

  private static char[] firstLine(Path file) {
    byte[] bytes = bytes(file);
    CharBuffer text = UTF_8.decode(ByteBuffer.wrap(bytes));
    try {
      int length = 0;
      while (length < text.length() && text.charAt(length) != '\n' && text.charAt(length) != '\r') {
        length++;
      }
      if (length == 0) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "The first line of the password file " + file + " is empty",
            "Write the password into its first line.");
      }
      return Arrays.copyOf(text.array(), length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text.array(), '\0');
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Cannot read the password file " + file,
          "Check that it exists and that you may read it.",
          e);
    }
  }
}
