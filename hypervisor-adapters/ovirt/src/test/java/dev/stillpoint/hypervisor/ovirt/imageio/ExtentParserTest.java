package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.Extent.Content;
import dev.stillpoint.model.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtentParserTest {

  @Test
  void mergesNeighboursThatAreZeroWhetherHoleOrNot() throws IOException {
    String list =
        """
        [{"start": 0, "length": 100, "zero": false, "hole": false},
         {"start": 100, "length": 50, "zero": true, "hole": true},
         {"start": 150, "length": 50, "zero": true, "hole": false}]""";

    assertThat(parse(list, false, 200))
        .containsExactly(
            new Extent(new ByteRange(0, 100), Content.DATA),
            new Extent(new ByteRange(100, 100), Content.ZERO));
  }

  @Test
  void takesWhatIsDirtyAndZeroAsZeroAndWhatIsNotDirtyAsUnchanged() throws IOException {
    String list =
        """
        [{"start": 0, "length": 10, "dirty": false, "zero": false},
         {"start": 10, "length": 10, "dirty": false, "zero": true},
         {"start": 20, "length": 10, "dirty": true, "zero": false},
         {"start": 30, "length": 10, "dirty": true, "zero": true}]""";

    assertThat(parse(list, true, 40))
        .containsExactly(
            new Extent(new ByteRange(0, 20), Content.UNCHANGED),
            new Extent(new ByteRange(20, 10), Content.DATA),
            new Extent(new ByteRange(30, 10), Content.ZERO));
  }

  @Test
  void readsWhatDoesNotSayWhetherItIsDirtyAsDirty() throws IOException {
    String list = "[{\"start\": 0, \"length\": 10, \"zero\": false}]";

    assertThat(parse(list, true, 10))
        .containsExactly(new Extent(new ByteRange(0, 10), Content.DATA));
  }

  @Test
  void refusesListsThatCannotBeTrue() {
    for (String list :
        List.of(
            "[]",
            "{}",
            "[{\"start\": 0, \"length\": 5}]",
            "[{\"start\": 1, \"length\": 9}]",
            "[{\"start\": 0, \"length\": 5}, {\"start\": 4, \"length\": 6}]",
            "[{\"start\": 0, \"length\": 5}, {\"start\": 6, \"length\": 4}]",
            "[{\"start\": 0, \"length\": 11}]",
            "[{\"start\": 0, \"length\": 0}, {\"start\": 0, \"length\": 10}]")) {
      assertThatThrownBy(() -> parse(list, true, 10))
          .as(list)
          .isInstanceOf(MalformedExtentsException.class);
    }
  }

  private static List<Extent> parse(String list, boolean incremental, long size)
      throws IOException {
    return ExtentParser.parse(
        new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), incremental, size);
  }
}
