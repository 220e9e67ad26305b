package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every journal does. */
public abstract class JournalStoreContract {

  private static final RunId RUN = new RunId("run-1");
  private static final OutsideEffect SNAPSHOT = Samples.effect(Kind.SNAPSHOT, "s-1");
  private static final OutsideEffect TRANSFER = Samples.effect(Kind.TRANSFER, "t-1");
  private static final OutsideEffect DISK = Samples.effect(Kind.DISK, "d-1");

  /** The same store, empty at the beginning of each test. */
  protected abstract JournalStore store();

  private static JournalEntry entry(OutsideEffect effect) {
    return Samples.entry("run-1", effect);
  }

  @Test
  void listsAnEntryAsItWasWritten() {
    JournalEntry entry =
        new JournalEntry(
            RUN,
            new SiteId("site-2"),
            new OutsideEffect(
                Kind.SWAP, Samples.ODD_NAME, Map.of("vm", "vm-1", "odd", Samples.ODD_NAME, "", "")),
            Instant.parse("2026-11-21T08:15:30.123456789Z"));
    store().add(List.of(entry));
    assertThat(store().all()).containsExactly(entry);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(store().all()).isEmpty();
  }

  @Test
  void keepsEveryKindOfEffect() {
    List<JournalEntry> entries =
        Arrays.stream(Kind.values()).map(kind -> entry(Samples.effect(kind, "same"))).toList();
    store().add(entries);
    assertThat(store().all()).isEqualTo(entries);
  }

  @Test
  void listsEntriesInTheOrderTheyWereWritten() {
    store().add(List.of(entry(TRANSFER), entry(SNAPSHOT)));
    store().add(List.of(Samples.entry("run-0", DISK)));
    assertThat(store().all())
        .containsExactly(entry(TRANSFER), entry(SNAPSHOT), Samples.entry("run-0", DISK));
  }

  @Test
  void replacesAnEntryInItsPlace() {
    OutsideEffect better = new OutsideEffect(Kind.SNAPSHOT, "s-1", Map.of("phase", "ready"));
    store().add(List.of(entry(SNAPSHOT), entry(TRANSFER)));
    store().add(List.of(new JournalEntry(RUN, Samples.SITE, better, Samples.TIME.plusSeconds(1))));
    assertThat(store().all())
        .containsExactly(
            new JournalEntry(RUN, Samples.SITE, better, Samples.TIME.plusSeconds(1)),
            entry(TRANSFER));
  }

  @Test
  void takesTheLastOfTwoThatAreAddedTogether() {
    OutsideEffect better = new OutsideEffect(Kind.SNAPSHOT, "s-1", Map.of("phase", "ready"));
    store().add(List.of(entry(SNAPSHOT), entry(better)));
    assertThat(store().all()).containsExactly(entry(better));
  }

  @Test
  void strikesOutByRunKindAndReferenceWhateverTheDetails() {
    store()
        .add(
            List.of(
                entry(new OutsideEffect(Kind.SNAPSHOT, "s-1", Map.of("phase", "ready"))),
                entry(Samples.effect(Kind.SNAPSHOT, "s-2")),
                entry(Samples.effect(Kind.CHECKPOINT, "s-1")),
                Samples.entry("run-2", SNAPSHOT)));
    store().remove(RUN, List.of(SNAPSHOT));
    assertThat(store().all())
        .containsExactly(
            entry(Samples.effect(Kind.SNAPSHOT, "s-2")),
            entry(Samples.effect(Kind.CHECKPOINT, "s-1")),
            Samples.entry("run-2", SNAPSHOT));
  }

  @Test
  void strikingOutWhatDoesNotStandIsNoError() {
    store().add(List.of(entry(TRANSFER)));
    store().remove(RUN, List.of(SNAPSHOT, DISK));
    assertThat(store().all()).containsExactly(entry(TRANSFER));
  }

  @Test
  void exchangesWhatIsReleasedForWhatIsIntended() {
    store().add(List.of(entry(SNAPSHOT), entry(TRANSFER)));
    store().exchange(RUN, List.of(SNAPSHOT), List.of(entry(DISK)));
    assertThat(store().all()).containsExactly(entry(TRANSFER), entry(DISK));
  }

  @Test
  void writesDownAnewWhatTheSameExchangeReleases() {
    store().add(List.of(entry(SNAPSHOT), entry(TRANSFER)));
    store().exchange(RUN, List.of(SNAPSHOT), List.of(entry(SNAPSHOT)));
    assertThat(store().all()).containsExactly(entry(TRANSFER), entry(SNAPSHOT));
  }

  @Test
  void doesNothingWhenGivenNothing() {
    store().add(List.of(entry(SNAPSHOT)));
    store().add(List.of());
    store().remove(RUN, List.of());
    store().exchange(RUN, List.of(), List.of());
    assertThat(store().all()).containsExactly(entry(SNAPSHOT));
  }

  @Test
  void putsWhatIsWrittenAfterAStrikeAtTheEnd() {
    store().add(List.of(entry(SNAPSHOT), entry(TRANSFER)));
    store().remove(RUN, List.of(SNAPSHOT, TRANSFER));
    store().add(List.of(entry(DISK)));
    store().add(List.of(entry(SNAPSHOT)));
    assertThat(store().all()).containsExactly(entry(DISK), entry(SNAPSHOT));
  }
}
