package dev.stillpoint.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTextTest {

  @ParameterizedTest
  @CsvSource({
    "WEB, web01",
    "büro, BURO TEST",
    "buro, Büro test",
    "据, 数据库",
    "خادم, خادم الملفات",
    "σασ, ΣΑΣ",
    "strasse, Straße 1",
    "i, İstanbul",
    "２, web2",
    "🚀, db🚀",
    "<img, <img src=x onerror=alert(1)>",
    "\\, back\\slash",
  })
  void findsAPartOfANameInAnyScript(String part, String name) {
    assertThat(NameText.folded(name)).contains(NameText.folded(part));
  }

  @Test
  void theMarksOfOtherScriptsAreLetters() {
    assertThat(NameText.folded("कि")).isNotEqualTo(NameText.folded("की"));
  }

  @Test
  void numbersInNamesStandAsPeopleCount() {
    List<String> sorted =
        List.of(
            "2web",
            "web",
            "web-1",
            "WEB1",
            "web2",
            "web10",
            "web10a",
            "web99",
            "web100",
            "web123456789",
            "web1234567890",
            "web" + "9".repeat(200),
            "web1" + "0".repeat(200),
            "webb",
            "数据库");
    List<String> reversed = sorted.stream().sorted(Comparator.reverseOrder()).toList();
    assertThat(reversed.stream().sorted(Comparator.comparing(NameText::sortable)))
        .containsExactlyElementsOf(sorted);
    assertThat(Stream.of("web007", "web7").map(NameText::sortable).distinct()).hasSize(1);
    assertThat(NameText.sortable("000")).isEqualTo(NameText.sortable("0"));
  }
}
