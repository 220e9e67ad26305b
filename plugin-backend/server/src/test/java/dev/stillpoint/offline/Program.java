package dev.stillpoint.offline;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real {@code bin/stillpoint}, as a process of its own: the distribution's script in an
 * installation whose library is what this test runs with.
 */
final class Program {

  private final Path home;
  private final Path script;

  Program(Path home) throws IOException {
    this.home = home;
    this.script = home.resolve("bin").resolve("stillpoint");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("src/main/distribution/bin/stillpoint"), script);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    Path library = Files.createDirectories(home.resolve("lib"));
    try (OutputStream jar = Files.newOutputStream(library.resolve("all.jar"))) {
      new JarOutputStream(jar, manifest).close();
    }
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  /** What a process that ended said. */
  record Ended(int code, String out, String err) {}

  Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", script.toString(), "repository"));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    return builder.start();
  }

  /** Not for two processes at a time. */
  Ended end(Process process) throws IOException, InterruptedException {
    int code = process.waitFor();
    return new Ended(
        code, Files.readString(home.resolve("out")), Files.readString(home.resolve("err")));
  }

  /** What a process that still runs has said on standard output. */
  String saidSoFar() throws IOException {
    return Files.readString(home.resolve("out"));
  }

  Ended run(Object... arguments) throws IOException, InterruptedException {
    return end(start(arguments));
  }
}
