package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command line {@code stillpoint}, run as a process like a user runs it. */
final class StillpointCommand {

  private static final Set<Integer> ENDED_WELL = Set.of(0, 8);

  private final Path program;
  private final String server;
  private final Path tokenFile;
  private final Path work;
  private final ObjectMapper mapper = new ObjectMapper();

  StillpointCommand(Path program, String server, Path tokenFile, Path work) {
    this.program = program;
    this.server = server;
    this.tokenFile = tokenFile;
    this.work = work;
  }

  /**
   * Runs a command with {@code --json}.
   *
   * @return what it printed; a missing node where that is nothing
   * @throws DemoFailure when it ends otherwise than well or with warnings
   */
  JsonNode run(String... arguments) {
    Result result = execute(arguments);
    if (!ENDED_WELL.contains(result.code)) {
      throw new DemoFailure(
          "stillpoint "
              + String.join(" ", arguments)
              + " ended with code "
              + result.code
              + "\n"
              + result.errors
              + (result.code == 1 ? result.output : ""));
    }
    try {
      return result.output.isBlank() ? MissingNode.getInstance() : mapper.readTree(result.output);
    } catch (IOException e) {
      throw new DemoFailure(
          "stillpoint " + String.join(" ", arguments) + " printed no JSON: " + result.output, e);
    }
  }

  /** Whether the server answers. */
  boolean serverAnswers() {
    return execute("status").code == 0;
  }

  String server() {
    return server;
  }

  /** What a user types before his command to reach this server. */
  String forUsers() {
    return "'" + program + "' --server " + server + " --token-file '" + tokenFile + "'";
  }

  private Result execute(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--server", server, "--token-file", tokenFile.toString(), "--json"));
    command.addAll(List.of(arguments));
    Path output = work.resolve("command.out");
    Path errors = work.resolve("command.err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      int code = process.waitFor();
      return new Result(code, Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    } catch (IOException e) {
      throw new DemoFailure("Cannot run " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("Interrupted while " + program + " was running", e);
    }
  }

  private record Result(int code, String output, String errors) {}
}
