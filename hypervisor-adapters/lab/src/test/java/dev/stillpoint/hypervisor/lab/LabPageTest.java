package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks for a switch finds it, on the lab's page and in its manual. */
final class LabPageTest {
  @TempDir Path dir;

  @Test
  void everySwitchIsInTheManualAndOnThePageWithWhatItDoes() throws IOException {
    String manual = Files.readString(Path.of("../../docs/lab.md"));
    String page;
    try (LabEngine lab = LabEngine.start(LabConfig.inDirectory(dir))) {
      lab.faults().turnOn(Switch.DOMAIN_FULL);
      ApiClient api = ApiClient.of(lab);
      page = api.send(api.request("/lab/")).body();
    }
    for (Switch one : Switch.values()) {
      assertThat(manual).contains("| `" + one.key() + "` | " + one.meaning() + " |");
      assertThat(page).contains("<td>" + one.key() + "</td>").contains(one.meaning());
    }
    assertThat(page).contains("<td>domainFull</td><td>on</td>");
  }
}
