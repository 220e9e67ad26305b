package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WordingTest {

  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  @Test
  void showsTimesInTheLocalZoneWithItsOffset() {
    assertThat(Wording.time(TextNode.valueOf("2026-11-21T05:30:00Z"), VIENNA))
        .isEqualTo("2026-11-21 06:30:00 +01:00");
    assertThat(Wording.time(TextNode.valueOf("2026-07-21T05:30:00Z"), VIENNA))
        .isEqualTo("2026-07-21 07:30:00 +02:00");
    assertThat(Wording.time(MissingNode.getInstance(), VIENNA)).isEmpty();
  }

  @Test
  void showsDurationsShort() {
    assertThat(Wording.duration(Duration.ofMillis(3250))).isEqualTo("3.3 s");
    assertThat(Wording.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
    assertThat(Wording.duration(Duration.ofSeconds(125))).isEqualTo("2:05 min");
    assertThat(Wording.duration(Duration.ofSeconds(3725))).isEqualTo("1:02:05 h");
  }

  @Test
  void alignsColumnsByWhatIsSeenNotByCharacters() {
    Table table = new Table("NAME", ">SIZE", "REST");
    table.row("büro", "1", "x");
    table.row("試験", "100", "");
    assertThat(printed(table).lines())
        .containsExactly("NAME  SIZE  REST", "büro     1  x", "試験   100");
  }

  @Test
  void keepsNamesFromMovingTheCursor() {
    Table table = new Table("NAME");
    table.row("evil\u001b[2J\nname");
    assertThat(printed(table).lines()).containsExactly("NAME", "evil?[2J?name");
  }

  private static String printed(Table table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    return text.toString();
  }
}
