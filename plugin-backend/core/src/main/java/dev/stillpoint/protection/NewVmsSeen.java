package dev.stillpoint.protection;

import dev.stillpoint.job.RestoreRequest.Mode;
import dev.stillpoint.job.Restores;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.model.SiteId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has what is remembered of a site's VMs forgotten when a restore has made one: whoever had it made
 * looks for it as soon as he sees that it has ended.
 */
public final class NewVmsSeen implements RunObserver {

  private final List<Consumer<SiteId>> memories;

  /**
   * @param memories each forgets what it remembers of a site's VMs
   */
  public NewVmsSeen(List<Consumer<SiteId>> memories) {
    this.memories = List.copyOf(memories);
  }

  @Override
  public void started(Run run, Supplier<Run> current) {
    // There is nothing new yet.
  }

  @Override
  public void ending(Run run) {
    if (run.request() instanceof Restores restores
        && restores.parts().stream().anyMatch(part -> part.mode() == Mode.NEW_VM)) {
      memories.forEach(memory -> memory.accept(run.site()));
    }
  }

  @Override
  public void ended(Run run) {
    // Nobody remembers anything from before.
  }
}
