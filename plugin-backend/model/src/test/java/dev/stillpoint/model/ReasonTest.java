package dev.stillpoint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

  @Test
  void aSentenceHasItsValuesInTheirPlaces() {
    Reason reason = Reason.of(ReasonCode.AMONG_LAST, 3, 2);
    assertThat(reason.text()).isEqualTo("one of the last 3, 2 of 3");
    assertThat(reason.values()).isEqualTo(Map.of("most", "3", "number", "2"));
  }

  @Test
  void aNameThatLooksLikeAGapOrAPatternIsShownAsItIs() {
    assertThat(Reason.of(ReasonCode.PROTECTED_BY, "{policies} $1 \\").text())
        .isEqualTo("by {policies} $1 \\");
  }

  @Test
  void severalAreOneSentence() {
    assertThat(
            Reason.text(
                List.of(
                    Reason.of(ReasonCode.TIME_ENDED, "2026-01-01T00:00:00Z"),
                    Reason.of(ReasonCode.VM_DELETED))))
        .isEqualTo("its time ended 2026-01-01T00:00:00Z; the VM is deleted");
  }

  @Test
  void tooFewOrTooManyValuesAreADefect() {
    assertThatThrownBy(() -> Reason.of(ReasonCode.FIRST_OF_VM, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reason(ReasonCode.RESIZED, Map.of()))
        .isInstanceOf(NullPointerException.class);
  }

  /** What runs and restore points kept as sentences must be known again by later versions. */
  @ParameterizedTest
  @EnumSource
  void eachSentenceIsKnownAgain(ReasonCode code) {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("policies", "nightly, weekly"),
            Map.entry("policy", "nightly"),
            Map.entry("rule", "tag=test"),
            Map.entry("format", "raw"),
            Map.entry("size", "10.0 GiB"),
            Map.entry("offset", "1000000"),
            Map.entry("who", "admin@internal"),
            Map.entry("why", "audit"),
            Map.entry("until", "2026-01-01T00:00:00Z"),
            Map.entry("kind", "daily"),
            Map.entry("most", "7"),
            Map.entry("number", "7"),
            Map.entry("period", "2026-W01"),
            Map.entry("at", "2026-01-01T00:00:00Z"));
    String sentence = new Reason(code, values).text();
    assertThat(Reason.in(sentence).orElseThrow().text()).isEqualTo(sentence);
  }

  @Test
  void whatSomebodyElseSaidHasNoCode() {
    assertThat(Reason.in("its bitmap is damaged")).isEmpty();
    assertThat(Reason.in("")).isEmpty();
  }
}
