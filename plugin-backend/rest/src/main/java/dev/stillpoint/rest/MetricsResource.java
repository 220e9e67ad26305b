package dev.stillpoint.rest;

import dev.stillpoint.job.Janitor;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.SpaceReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * {@code /metrics}: figures for Prometheus, in its text format 0.0.4. Counters begin at zero with
 * the server.
 */
@Path("metrics")
public final class MetricsResource implements RunObserver {

  private final String version;
  private final Repository repository;
  private final RunQueue queue;
  private final Janitor janitor;
  private final Map<RunState, LongAdder> ended = new EnumMap<>(RunState.class);

  /**
   * @param version this server's, for people
   */
  public MetricsResource(String version, Repository repository, RunQueue queue, Janitor janitor) {
    this.version = version;
    this.repository = repository;
    this.queue = queue;
    this.janitor = janitor;
    for (RunState state : RunState.values()) {
      if (state.isFinal()) {
        ended.put(state, new LongAdder());
      }
    }
  }

  @Override
  public void started(Run run, Supplier<Run> current) {
    // What runs is asked for when it is shown.
  }

  @Override
  public void ended(Run run) {
    ended.get(run.state()).increment();
  }

  /** Figures for Prometheus. */
  @GET
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  public String metrics() {
    StringBuilder text = new StringBuilder();
    head(text, "stillpoint_info", "gauge", "The version that runs.");
    line(text, "stillpoint_info{version=\"" + version.replaceAll("[\\\\\"\n]", "") + "\"}", 1);
    space(text, repository.space());
    head(text, "stillpoint_repository_findings", "gauge", "Files known to be damaged or missing.");
    line(text, "stillpoint_repository_findings", repository.findings().size());
    head(text, "stillpoint_runs", "gauge", "Runs that wait or are carried out.");
    List<Run> unfinished = queue.unfinished();
    for (RunState state : List.of(RunState.QUEUED, RunState.RUNNING)) {
      long count = unfinished.stream().filter(run -> run.state() == state).count();
      line(text, "stillpoint_runs" + label(state), count);
    }
    head(text, "stillpoint_runs_ended_total", "counter", "Runs that have ended.");
    ended.forEach(
        (state, count) -> line(text, "stillpoint_runs_ended_total" + label(state), count.sum()));
    head(text, "stillpoint_leftovers", "gauge", "What is still to be removed at the managers.");
    line(text, "stillpoint_leftovers", janitor.ours().size());
    return text.toString();
  }

  private static void space(StringBuilder text, SpaceReport space) {
    head(text, "stillpoint_repository_points", "gauge", "Restore points.");
    line(text, "stillpoint_repository_points", space.points());
    String name = "stillpoint_repository_bytes";
    head(text, name, "gauge", "The repository's space; reserve and reclaimable where known.");
    space.reserve().ifPresent(bytes -> kind(text, name, "reserve", bytes));
    kind(text, name, "used", space.used());
    kind(text, name, "claimed", space.claimed());
    kind(text, name, "free", space.free());
    space.reclaimable().ifPresent(bytes -> kind(text, name, "reclaimable", bytes));
    kind(text, name, "disk_free", space.diskFree());
  }

  private static void kind(StringBuilder text, String name, String kind, ByteCount bytes) {
    line(text, name + "{kind=\"" + kind + "\"}", bytes.bytes());
  }

  private static String label(RunState state) {
    return "{state=\"" + state.name().toLowerCase(Locale.ROOT) + "\"}";
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String series, long value) {
    text.append(series).append(' ').append(value).append('\n');
  }
}
