package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the file that holds the server's token, and reads it. */
final class TokenFile {

  private static final String WHO_CAN =
      "Run this as root or as the account the service runs under, or name another file with"
          + " --token-file or STILLPOINT_TOKEN_FILE.";

  private final Surroundings around;

  TokenFile(Surroundings around) {
    this.around = around;
  }

  /**
   * The token.
   *
   * @param named the file the user named; empty when he named none
   */
  String read(String named) {
    List<Path> places = places(named);
    for (Path place : places) {
      try {
        String token = Files.readString(place, UTF_8).strip();
        if (token.isEmpty() || token.lines().count() != 1) {
          throw new StillpointException(
              ErrorKind.UNAUTHENTICATED,
              "The token file " + place + " does not hold one line",
              "Stop the server, remove the file and start the server: it writes a new one.");
        }
        return token;
      } catch (NoSuchFileException ignored) {
        // The next place may have it.
      } catch (IOException e) {
        throw new StillpointException(
            ErrorKind.UNAUTHENTICATED, "Cannot read the token file " + place, WHO_CAN, e);
      }
    }
    throw new StillpointException(
        ErrorKind.UNAUTHENTICATED,
        "There is no token file at "
            + String.join(" or ", places.stream().map(Path::toString).toList()),
        "Start the server once, which writes it to its data directory. " + WHO_CAN);
  }

  private List<Path> places(String named) {
    if (!named.isEmpty()) {
      return List.of(Path.of(named));
    }
    if (around.variable("STILLPOINT_TOKEN_FILE").isPresent()) {
      return around.variable("STILLPOINT_TOKEN_FILE").map(Path::of).stream().toList();
    }
    List<Path> places = new ArrayList<>();
    around
        .variable("STILLPOINT_HOME")
        .ifPresent(home -> places.add(Path.of(home, "data", "api-token")));
    places.add(around.systemTokenFile());
    return List.copyOf(places);
  }
}
