package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.fleet.LabFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fleets for lists: many VMs, and names that are hard to show. */
class ManyVmsTest {
  @TempDir Path dir;

  @Test
  void aFleetMayBeLargeAndItsNamesOdd() throws IOException {
    LabFleet fleet = LabFleet.small().withOddNames().withMore(1000);
    try (LabEngine lab = LabEngine.start(LabConfig.inDirectory(dir).withFleet(fleet))) {
      List<String> names =
          ApiClient.of(lab).get("/vms").children().stream()
              .map(vm -> vm.textAt("name").orElseThrow())
              .toList();
      assertThat(names)
          .hasSize(5 + 8 + 1000)
          .doesNotHaveDuplicates()
          .contains("web01", "数据库服务器", "<img src=x onerror=alert(1)>", "vm-00999")
          .anyMatch(name -> name.length() == 255);
      Element odd =
          ApiClient.of(lab).get("/vms/" + lab.vmId("خادم الملفات 01") + "?follow=disk_attachments");
      assertThat(odd.find("disk_attachments/disk_attachment")).isPresent();
    }
  }
}
