package dev.stillpoint.hypervisor.lab.fleet;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds and runs programs of this machine. */
final class Programs {
  /** Where a program is; also looks where only an administrator's path leads. */
  Path find(String name) throws IOException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    List<String> folders = new ArrayList<>(Arrays.asList(path.split(File.pathSeparator)));
    folders.addAll(List.of("/usr/sbin", "/sbin"));
    return folders.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    name
                        + " is not installed, and the lab makes its file systems with it: install"
                        + " e2fsprogs (apt install e2fsprogs, or dnf install e2fsprogs)"));
  }

  /** Runs a program to its end and returns what it said. */
  String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(command.get(0) + " ended with " + code + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(command.get(0) + " was interrupted", e);
    }
    return said;
  }
}
