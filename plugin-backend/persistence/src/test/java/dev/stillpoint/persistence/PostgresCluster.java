package dev.stillpoint.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server of the tests' own, from the binaries that Debian's package {@code
 * postgresql} brings, in a temporary folder and on a port of the loopback; as root it runs under
 * another account, because PostgreSQL insists on it.
 *
 * <p>Its databases sort texts as English does, not by bytes, to show that we do not depend on it.
 */
public final class PostgresCluster implements AutoCloseable {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String USER = "stillpoint";
  private static final String PASSWORD = "it's a \\ \"secret\"";
  private static final int START_ATTEMPTS = 900;
  private static final long ATTEMPT_MILLIS = 100;

  private final Path binaries;
  private final Path directory;
  private final Path passwordFile;
  private final int port;
  private final AtomicInteger names = new AtomicInteger();
  private Process server;

  /** Starts one, or has the test skipped with the reason. */
  public PostgresCluster() {
    Optional<Path> found = binaries();
    Assumptions.assumeTrue(
        found.isPresent(),
        "No PostgreSQL here: install Debian's package postgresql, or set STILLPOINT_POSTGRES to the"
            + " folder of initdb and postgres");
    binaries = found.orElseThrow();
    try {
      directory = Files.createTempDirectory("stillpoint-postgres");
      passwordFile = directory.resolve("password");
      Files.writeString(passwordFile, PASSWORD + "\n", UTF_8);
      run(List.of("chmod", "600", passwordFile.toString()));
      port = freePort();
      initialise();
      start();
      create("blank", "template0");
      Database.open(database("blank")).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> binaries() {
    String named = System.getenv("STILLPOINT_POSTGRES");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(folder -> Files.exists(folder.resolve("initdb")));
    }
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(folder -> Files.exists(folder.resolve("initdb")))
          .max(
              Comparator.comparing(
                  folder -> Integer.valueOf(folder.getParent().getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Below those that systems hand out by themselves: until the server has it, and while it is
   * killed, any connection of anybody could else be given that port.
   */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException ignored) {
        // Somebody has it: another, then.
      }
    }
  }

  private void initialise() throws IOException {
    if (isRoot()) {
      run(List.of("chown", "-R", account(), directory.toString()));
    }
    List<String> command = asOther();
    command.addAll(
        List.of(
            binaries.resolve("initdb").toString(),
            "--pgdata=" + directory.resolve("data"),
            "--username=" + USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=icu",
            "--icu-locale=en-US",
            "--no-sync"));
    run(command);
    if (isRoot()) {
      run(List.of("chown", "root", passwordFile.toString()));
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static String account() {
    try {
      boolean own =
          Files.readAllLines(Path.of("/etc/passwd")).stream()
              .anyMatch(line -> line.startsWith("postgres:"));
      return own ? "postgres" : "nobody";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command begins with to run under an account that is not root. */
  private static List<String> asOther() {
    List<String> prefix = new ArrayList<>();
    if (isRoot()) {
      prefix.addAll(List.of("setpriv", "--reuid=" + account(), "--clear-groups", "--"));
    }
    return prefix;
  }

  private void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()))
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            command + " failed: " + Files.readString(directory.resolve("output")));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts the server again after {@link #kill}; returns when it answers. */
  public void start() throws IOException {
    List<String> command = asOther();
    command.addAll(
        List.of(
            binaries.resolve("postgres").toString(),
            "-D",
            directory.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            // Killed it loses nothing all the same: what it wrote is in the kernel's cache.
            "-c",
            "fsync=off"));
    for (int i = 0; i < START_ATTEMPTS; i++) {
      if (server == null || !server.isAlive()) {
        // One that was killed leaves children who hold its memory for a moment.
        server =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                    ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()))
                .start();
      }
      if (answers()) {
        return;
      }
    }
    throw new IOException(
        "PostgreSQL did not start: " + Files.readString(directory.resolve("output")));
  }

  private boolean answers() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
      connect("postgres").close();
      return true;
    } catch (SQLException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** SIGKILL for all its processes, as when the machine loses its power. */
  public void kill() throws InterruptedException {
    List<ProcessHandle> children = server.descendants().toList();
    server.toHandle().destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    server.waitFor();
  }

  /** A database of that name, which {@link #create} made. */
  public PostgresAddress database(String name) {
    return new PostgresAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, Optional.of(passwordFile));
  }

  /** A new database with our tables in it. */
  public PostgresAddress newDatabase() {
    String name = "test_" + names.incrementAndGet();
    create(name, "blank");
    return database(name);
  }

  /** A new database, as empty or full as the one it is copied from. */
  void create(String name, String template) {
    execute("create database " + name + " template " + template);
  }

  void execute(String sql) {
    execute("postgres", sql);
  }

  void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(database(database).url(), USER, PASSWORD);
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run(List.of("rm", "-rf", "--", directory.resolve("data").toString()));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
