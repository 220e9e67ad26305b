package dev.stillpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.group.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetFileTest {

  @TempDir Path directory;

  private List<Candidate> read(String text) throws IOException {
    return new FleetFile(Files.writeString(directory.resolve("fleet"), text), 0.5).read();
  }

  @Test
  void readsWhatTheCommandLinePrints() throws IOException {
    List<Candidate> fleet =
        read(
            """
            {"items":[{"id":"1","name":"web","provisionedBytes":1000,
              "load":{"bytesReadPerSecond":3,"bytesWrittenPerSecond":4},
              "placement":{"host":"h1","storages":["s1","s2"]}},
             {"id":"2","name":"off","provisionedBytes":200}]}
            """);
    assertThat(fleet)
        .containsExactly(
            new Candidate(0, "web", 7, 500, ReadingTime.seconds(500), "h1", List.of("s1", "s2")),
            new Candidate(1, "off", 0, 100, ReadingTime.seconds(100), "", List.of()));
  }

  @Test
  void readsLinesWithAndWithoutPlaces() throws IOException {
    assertThat(read("# name, load, bytes\nweb, 7, 500.5, h1, s1\n\ndb,0,1\n"))
        .containsExactly(
            new Candidate(0, "web", 7, 500.5, ReadingTime.seconds(500.5), "h1", List.of("s1")),
            new Candidate(1, "db", 0, 1, ReadingTime.seconds(1), "", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"items\":[]}",
        "{\"items\":[",
        "web",
        "web,-1,2",
        "web,1,NaN",
        "a,1,2,h,s,x"
      })
  void refusesWhatIsNoFleetAndNamesTheFile(String text) {
    assertThatThrownBy(() -> read(text)).hasMessageStartingWith("The fleet " + directory);
  }
}
