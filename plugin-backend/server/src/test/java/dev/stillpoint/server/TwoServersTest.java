package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.persistence.PostgresCluster;
import dev.stillpoint.server.configuration.Configuration;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database is a real PostgreSQL, and a second one that waits for its place. */
class TwoServersTest {

  @TempDir Path directory;
  private PostgresCluster cluster;
  private PostgresAddress address;
  private LabServer it;

  @BeforeEach
  void start() {
    cluster = new PostgresCluster();
    address = cluster.newDatabase();
    it = new LabServer(directory, Optional.of(address));
  }

  @AfterEach
  void stop() throws Exception {
    if (it != null) {
      it.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private StillpointServer second() {
    Configuration same = LabServer.configuration(directory.resolve("data"), Optional.of(address));
    return new StillpointServer(same, LabServer.adapters());
  }

  @Test
  void theSecondIsRefusedWhileTheFirstWorksAndKnowsEverythingAfterwards() {
    JsonNode run = it.backup("web01");
    assertThat(run.get("state").asText()).isEqualTo("succeeded");

    StillpointException refusal =
        catchThrowableOfType(StillpointException.class, () -> second().close());
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(refusal).hasMessageContaining("Another Stillpoint server works with the database");
    assertThat(it.backup("web01").get("state").asText())
        .as("the first was not disturbed")
        .isEqualTo("succeeded");

    it.server.close();
    try (StillpointServer second = second()) {
      ApiCaller api = new ApiCaller(second.apiUri(), directory.resolve("data"));
      assertThat(api.get("/points").get("items")).hasSize(2);
      JsonNode more =
          api.await(api.post("/runs", "{\"site\":\"lab\",\"vms\":[\"web01\"]}").require(202));
      assertThat(more.get("state").asText()).isEqualTo("succeeded");
      assertThat(more.get("vms").get(0).get("disks").get(0).get("mode").asText())
          .isEqualTo("incremental");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsSaidAndTheServerGoesOnByItselfWhenItIsBack() throws Exception {
    it.backup("web01");
    cluster.kill();
    JsonNode problem = it.api.call("GET", "/points", "").require(503);
    assertThat(problem.get("kind").asText()).isEqualTo("STORAGE_UNAVAILABLE");
    it.api.post("/runs", "{\"site\":\"lab\",\"vms\":[\"web01\"]}").require(503);
    cluster.start();
    assertThat(it.api.get("/points").get("items")).hasSize(1);
    assertThat(it.backup("web01").get("state").asText()).isEqualTo("succeeded");
    assertThat(it.api.get("/runs").get("items")).as("what was refused is not there").hasSize(2);
  }
}
