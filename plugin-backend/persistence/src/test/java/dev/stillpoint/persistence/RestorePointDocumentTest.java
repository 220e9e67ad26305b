package dev.stillpoint.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestorePointDocumentTest {

  private final RestorePointDocument codec = new RestorePointDocument();

  @Test
  void readsWhatItWroteInEveryField() {
    RestorePoint point = Samples.richPoint("point-1");
    assertThat(codec.read(codec.write(point))).isEqualTo(point);
  }

  @Test
  void readsWhatItWroteWhereThereIsLittleToTell() {
    RestorePoint point = Samples.point("point-1", "vm-1", Instant.EPOCH);
    assertThat(codec.read(codec.write(point))).isEqualTo(point);
  }

  @Test
  void readsAVmDescriptionOfMegabytes() {
    RestorePoint point =
        Samples.point(Samples.SITE, "point-1", "vm-1", "x".repeat(10 << 20), Instant.EPOCH);
    assertThat(codec.read(codec.write(point))).isEqualTo(point);
  }

  /**
   * The file is never changed: there are repositories full of such documents. When the record
   * grows, what is expected here changes.
   */
  @Test
  void readsForEverWhatVersion1Wrote() {
    assertThat(codec.read(golden("restore-point-v1.json"))).isEqualTo(Samples.richPoint("point-1"));
  }

  @Test
  void writesWhatEarlierReleasesOfVersion1Read() throws Exception {
    Documents documents = new Documents();
    assertThat(documents.parse(codec.write(Samples.richPoint("point-1"))))
        .isEqualTo(documents.parse(golden("restore-point-v1.json")));
  }

  @Test
  void keepsWhatADiskTookOnItsStorage() {
    String document =
        golden("restore-point-v1.json")
            .replaceFirst("\"changeTracking\"", "\"allocated\" : 4096, \"changeTracking\"");
    RestorePoint point = codec.read(document);
    assertThat(point.settings().disks().get(0).allocated()).contains(ByteCount.ofBytes(4096));
    assertThat(point.settings().disks().get(1).allocated()).isEmpty();
    assertThat(codec.read(codec.write(point))).isEqualTo(point);
  }

  @Test
  void keepsWhatWasLeftOutAndHowFarTheGuestWasBroughtToRest() {
    String document =
        golden("restore-point-v1.json")
            .replaceFirst(
                "\"disks\"",
                "\"consistency\": \"FILESYSTEM\", \"leftOut\": [{\"id\": \"disk-3\", \"name\": \"lun\","
                    + " \"reason\": \"a direct LUN\"}], \"disks\"");
    RestorePoint point = codec.read(document);
    assertThat(point.consistency()).contains(Consistency.FILESYSTEM);
    assertThat(point.leftOut())
        .containsExactly(new RestorePoint.LeftOut(new DiskId("disk-3"), "lun", "a direct LUN"));
    assertThat(codec.read(codec.write(point))).isEqualTo(point);
  }

  @Test
  void keepsWhatElseTheManagerKnowsOfAVm() {
    VmAttributes.Named named = new VmAttributes.Named("id", "a \"name\"");
    VmAttributes attributes =
        new VmAttributes(
            true,
            3,
            Map.of("b", "2", "a", "1"),
            List.of(named),
            List.of(named),
            List.of(named),
            List.of(new VmAttributes.Permission(named, named, true)),
            "<?xml version=\"1.0\"?>\n<vm/>",
            List.of("the labels were refused"));
    RestorePoint rich = Samples.richPoint("point-1");
    RestorePoint point =
        new RestorePoint(
            rich.id(),
            rich.site(),
            rich.run(),
            rich.policy(),
            rich.time(),
            rich.created(),
            rich.checkpoint(),
            rich.consistency(),
            rich.disks(),
            rich.leftOut(),
            rich.settings().withAttributes(attributes),
            Optional.empty(),
            Optional.empty());
    assertThat(codec.read(codec.write(point))).isEqualTo(point);
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    String extended =
        golden("restore-point-v1.json")
            .replace("\"point\"", "\"writer\" : {\"a\": [1]}, \"point\"")
            .replace("\"settings\"", "\"locked\" : true, \"settings\"")
            .replace("\"firmware\"", "\"tpm\" : [], \"firmware\"");
    assertThat(codec.read(extended)).isEqualTo(Samples.richPoint("point-1"));
  }

  @Test
  void takesAnAbsentFieldForAnEmptyOneWhereItMayBeEmpty() {
    RestorePoint bare = Samples.point("point-1", "vm-1", Instant.EPOCH);
    String document =
        codec.write(bare).replace("\"policy\":null,", "").replace("\"checkpoint\":null,", "");
    assertThat(document).doesNotContain("policy").doesNotContain("checkpoint");
    assertThat(codec.read(document)).isEqualTo(bare);
  }

  @Test
  void refusesAVersionItDoesNotKnowAndSaysWhatToDo() {
    for (String version : new String[] {"2", "0", "1.5", "\"1\"", "null"}) {
      String other =
          golden("restore-point-v1.json").replace("\"version\": 1", "\"version\": " + version);
      StillpointException refusal = refusal(other);
      assertThat(refusal).hasMessageContaining("version");
      assertThat(refusal.remedy()).contains("Upgrade");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "{}",
        "{",
        "OVF",
        "{\"format\": \"stillpoint-policy\", \"version\": 1, \"point\": {}}",
        "{\"format\": \"stillpoint-restore-point\", \"version\": 1}",
        "{\"format\": \"stillpoint-restore-point\", \"version\": 1, \"point\": null}",
        "{\"format\": \"stillpoint-restore-point\", \"version\": 1, \"point\": {}}",
        "{\"format\": \"stillpoint-restore-point\", \"version\": 1, \"point\": []}"
      })
  void refusesWhatIsNoSuchDocument(String document) {
    assertThat(refusal(document).remedy()).isNotBlank();
  }

  @Test
  void refusesADocumentWithAFieldMissingOrOfTheWrongSort() {
    String good = codec.write(Samples.richPoint("point-1"));
    for (String[] change :
        new String[][] {
          {"\"id\":\"point-1\"", "\"id\":\"\""},
          {"\"id\":\"point-1\"", "\"id\":null"},
          {"\"id\":\"point-1\",", ""},
          {"\"size\":42949672960", "\"size\":-1"},
          {"\"size\":42949672960,", ""},
          {"\"power\":\"UP\"", "\"power\":\"ASLEEP\""},
          {"\"sparse\":true,", ""},
          {"\"sockets\":2,", ""},
          {"\"time\":\"2026-11-21T08:15:30.123456789Z\"", "\"time\":\"yesterday\""},
          {"\"bootOrder\":[\"hd\",\"cdrom\"]", "\"bootOrder\":[null]"},
          {"\"bootOrder\":[\"hd\",\"cdrom\"],", ""}
        }) {
      String bad = good.replace(change[0], change[1]);
      assertThat(bad).as(change[0]).isNotEqualTo(good);
      refusal(bad);
    }
    refusal(good + "}");
    refusal(good.substring(0, good.length() - 1));
  }

  private StillpointException refusal(String document) {
    StillpointException refusal =
        catchThrowableOfType(StillpointException.class, () -> codec.read(document));
    assertThat(refusal).as(document).isNotNull();
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    return refusal;
  }

  static String golden(String name) {
    try (InputStream in = RestorePointDocumentTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
