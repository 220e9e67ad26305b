package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a terminal, before a server that answers as it is told and has one site. */
abstract class CommandLineTest {

  @TempDir Path directory;
  FakeServer server;
  Terminal terminal;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer().on("GET /sites", 200, Samples.SITES);
    terminal = new Terminal(directory, server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
