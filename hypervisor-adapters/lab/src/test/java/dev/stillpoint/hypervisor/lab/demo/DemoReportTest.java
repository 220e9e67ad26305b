package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoReportTest {

  private static final String SUM = "0123456789abcdef".repeat(4);
  private static final String OTHER = "f".repeat(64);
  private static final BackedUpDisk SOURCE =
      new BackedUpDisk(
          1,
          "büro test",
          "p-1",
          "d-1",
          "büro_Disk1",
          "full",
          "the first backup of this disk, nothing to compare with",
          268435456,
          1048576,
          524288,
          1.25,
          SUM);

  @TempDir private Path directory;

  @Test
  void isWellWhenEveryDiskMatchesAndNothingIsLeft() {
    assertThat(report(List.of(new ComparedDisk(SOURCE, "itself", SUM)), List.of()).ok()).isTrue();
  }

  @Test
  void isNotWellWhenADiskDiffersOrSomethingIsLeftOrNothingWasCompared() {
    ComparedDisk good = new ComparedDisk(SOURCE, "itself", SUM);
    ComparedDisk bad = new ComparedDisk(SOURCE, "itself", OTHER);
    assertThat(report(List.of(good, bad), List.of()).ok()).isFalse();
    assertThat(report(List.of(good), List.of("transfer t-1")).ok()).isFalse();
    assertThat(report(List.of(), List.of()).ok()).isFalse();
  }

  @Test
  void printsALinePerDiskWithShortenedReasonAndSums() {
    String text =
        printed(
            report(
                List.of(
                    new ComparedDisk(SOURCE, "itself", SUM),
                    new ComparedDisk(SOURCE, "again", OTHER)),
                List.of()));
    assertThat(text.lines().skip(1).findFirst().orElseThrow())
        .contains("büro test  büro_Disk1  full (the first backup of this disk, no…)  256.0 MiB")
        .contains("0123456789ab")
        .doesNotContain("0123456789abc")
        .endsWith("yes");
    assertThat(text).contains("NO\n").contains("1 of 2 match").contains("NOT WELL");
  }

  @Test
  void saysNoReasonWhereThereIsNone() {
    BackedUpDisk increment =
        new BackedUpDisk(2, "a", "p-2", "d-1", "a_Disk1", "incremental", "", 1, 1, 1, 0, SUM);
    assertThat(printed(report(List.of(new ComparedDisk(increment, "itself", SUM)), List.of())))
        .contains("incremental  ")
        .doesNotContain("()");
  }

  @Test
  void namesWhatWasLeftBehind() {
    String text =
        printed(report(List.of(new ComparedDisk(SOURCE, "itself", SUM)), List.of("disk d-7")));
    assertThat(text).contains("LEFT BEHIND: disk d-7").contains("NOT WELL");
  }

  @Test
  void writesExactlyThePromisedKeysOfADisk() throws IOException {
    Path file = directory.resolve("report.json");
    report(List.of(new ComparedDisk(SOURCE, "itself", SUM)), List.of()).write(file);
    JsonNode written = new ObjectMapper().readTree(file.toFile());
    assertThat(written.path("ok").asBoolean()).isTrue();
    assertThat(written.path("disks").path(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"vm":"büro test","disk":"büro_Disk1","mode":"full","reason":"the first backup of this disk, nothing to compare with","bytesVirtual":268435456,"bytesRead":1048576,"bytesStored":524288,"seconds":1.25,"sha256Source":"%s","sha256Restored":"%s","match":true}"""
                        .formatted(SUM, SUM)));
  }

  @Test
  void writesAReportOfADemoThatFailed() throws IOException {
    Path file = directory.resolve("report.json");
    DemoReport.writeFailure(file, "Run 1", "The lab ended with code 3");
    JsonNode written = new ObjectMapper().readTree(file.toFile());
    assertThat(written.path("ok").asBoolean(true)).isFalse();
    assertThat(written.path("disks").isArray()).isTrue();
    assertThat(written.path("problem").asText()).contains("code 3");
  }

  private static DemoReport report(List<ComparedDisk> disks, List<String> leftovers) {
    return new DemoReport(disks, leftovers, Duration.ofSeconds(61));
  }

  private static String printed(DemoReport report) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    report.print(new PrintStream(text, true, UTF_8));
    return text.toString(UTF_8);
  }
}
