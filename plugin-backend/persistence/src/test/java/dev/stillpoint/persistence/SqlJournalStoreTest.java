package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.JournalStoreContract;
import dev.stillpoint.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlJournalStoreTest extends JournalStoreContract {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected JournalStore store() {
    return database.get().journal();
  }

  @Test
  void anExchangeThatFailsHalfwayChangesNothing() {
    OutsideEffect snapshot = Samples.effect(Kind.SNAPSHOT, "s-1");
    JournalEntry standing = Samples.entry("run-1", snapshot);
    store().add(List.of(standing));
    database
        .get()
        .transactions()
        .write(
            handle ->
                handle.execute(
                    "create trigger refuse before insert on journal when new.reference = 'bad'"
                        + " begin select raise(abort, 'refused'); end"));

    StillpointException failure =
        catchThrowableOfType(
            StillpointException.class,
            () ->
                store()
                    .exchange(
                        standing.run(),
                        List.of(snapshot),
                        List.of(
                            Samples.entry("run-1", Samples.effect(Kind.DISK, "good")),
                            Samples.entry("run-1", Samples.effect(Kind.DISK, "bad")))));

    assertThat(failure).hasMessageContaining("refused");
    assertThat(store().all()).containsExactly(standing);
  }
}
