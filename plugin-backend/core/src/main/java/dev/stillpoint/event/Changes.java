package dev.stillpoint.event;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.retention.VmRef;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each second, as long as somebody listens, at what the lists would show, and tells the
 * listeners what is not as it was. Whoever begins to listen is first told how everything is.
 */
public final class Changes implements RunObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final int MOST_LISTENERS = 100;
  private static final int MOST_LOST = 10_000;

  private final Sources sources;
  private final InstantSource clock;
  private final List<Mailbox> listeners = new CopyOnWriteArrayList<>();
  private final List<Mailbox> newcomers = new CopyOnWriteArrayList<>();
  private final Queue<VmRef> lost = new ConcurrentLinkedQueue<>();
  private final Queue<RunId> ended = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "changes"));

  private boolean started;

  // Of the looker's thread only.
  private final Map<RunId, Watched> watched = new LinkedHashMap<>();
  private List<String> queue = List.of();
  private Optional<SpaceReport> space = Optional.empty();

  /**
   * What is looked at.
   *
   * @param unfinished runs as they are this moment, in the queue's order
   * @param find one of them, also when it has ended
   */
  public record Sources(
      Supplier<List<Run>> unfinished,
      Function<RunId, Optional<Run>> find,
      Supplier<SpaceReport> space) {

    public Sources {
      requireNonNull(unfinished, "unfinished");
      requireNonNull(find, "find");
      requireNonNull(space, "space");
    }
  }

  /** A run as it was told last. */
  private static final class Watched {
    private final Pace pace = new Pace();
    private final Set<Integer> withPoint = new HashSet<>();
    private Change.OfRun told;
  }

  public Changes(Sources sources, InstantSource clock) {
    this.sources = requireNonNull(sources, "sources");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Call once. */
  @SuppressWarnings("FutureReturnValueIgnored") // It never ends by an exception.
  public synchronized void start() {
    started = true;
    looker.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Begins to listen; until the mailbox is closed.
   *
   * @throws StillpointException CONFLICT when too many listen already
   */
  public synchronized Mailbox listen() {
    requireRoom();
    List<Mailbox> own = new ArrayList<>();
    Mailbox mailbox = new Mailbox(() -> forget(own));
    own.add(mailbox);
    // In this order: whoever is told how everything is hears of all that changes from then on.
    listeners.add(mailbox);
    newcomers.add(mailbox);
    if (started) {
      looker.execute(this::look);
    }
    return mailbox;
  }

  /**
   * @throws StillpointException CONFLICT when too many listen already
   */
  public synchronized void requireRoom() {
    if (looker.isShutdown() || listeners.size() >= MOST_LISTENERS) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          listeners.size() + " listen already",
          "Ask again later, or ask the lists now and then.");
    }
  }

  private void forget(List<Mailbox> own) {
    listeners.removeAll(own);
    newcomers.removeAll(own);
  }

  /** A point of that VM has gone; that points came is seen from the runs. */
  public void lost(VmRef vm) {
    if (!listeners.isEmpty() && lost.size() < MOST_LOST) {
      lost.add(vm);
    }
  }

  /** Seen at the next look. */
  @Override
  public void started(Run run, Supplier<Run> current) {}

  /** A short run begins and ends between two looks; it is told all the same. */
  @Override
  public void ended(Run run) {
    if (!listeners.isEmpty() && ended.size() < MOST_LOST) {
      ended.add(run.id());
    }
  }

  /** Looks once; on the looker's thread, or before it is started. */
  void look() {
    try {
      if (listeners.isEmpty()) {
        watched.clear();
        ended.clear();
        lost.clear();
        return;
      }
      List<Mailbox> fresh = List.copyOf(newcomers);
      List<Run> unfinished = sources.unfinished().get();
      runs(unfinished);
      queue(unfinished, fresh);
      points();
      space(fresh);
      for (Mailbox one : fresh) {
        watched.values().forEach(run -> one.put(run.told));
      }
      newcomers.removeAll(fresh);
    } catch (RuntimeException e) {
      // The database may be away for a while: the next look tells what was missed.
      LOG.warn("what has changed cannot be told just now: {}", e.getMessage());
    }
  }

  private void runs(List<Run> unfinished) {
    for (RunId run = ended.poll(); run != null; run = ended.poll()) {
      watched.computeIfAbsent(run, id -> new Watched());
    }
    Map<RunId, Run> now = new LinkedHashMap<>();
    unfinished.forEach(run -> now.put(run.id(), run));
    for (RunId before : List.copyOf(watched.keySet())) {
      if (!now.containsKey(before)) {
        sources.find().apply(before).ifPresent(this::run);
        watched.remove(before);
      }
    }
    now.values().forEach(this::run);
  }

  private void run(Run run) {
    Watched one = watched.computeIfAbsent(run.id(), id -> new Watched());
    Change.OfRun now = new Change.OfRun(run, one.pace.of(run, clock.instant()));
    if (!now.equals(one.told)) {
      one.told = now;
      tell(now);
    }
    if (run.request() instanceof BackupRequest) {
      gained(run, one);
    }
  }

  private void gained(Run run, Watched one) {
    Set<VmId> vms = new HashSet<>();
    for (int i = 0; i < run.vms().size(); i++) {
      VmTask task = run.vms().get(i);
      if (task.point().isPresent() && one.withPoint.add(i)) {
        task.vm().ifPresent(vms::add);
      }
    }
    if (!vms.isEmpty()) {
      tell(new Change.OfPoints(run.site(), vms));
    }
  }

  private void queue(List<Run> unfinished, List<Mailbox> fresh) {
    List<String> now = unfinished.stream().map(run -> run.id() + " " + run.state()).toList();
    Change change = new Change.OfQueue(unfinished);
    if (now.equals(queue)) {
      fresh.forEach(one -> one.put(change));
    } else {
      queue = now;
      tell(change);
    }
  }

  private void points() {
    Map<SiteId, Set<VmId>> bySite = new HashMap<>();
    for (VmRef vm = lost.poll(); vm != null; vm = lost.poll()) {
      bySite.computeIfAbsent(vm.site(), site -> new HashSet<>()).add(vm.vm());
    }
    bySite.forEach((site, vms) -> tell(new Change.OfPoints(site, vms)));
  }

  private void space(List<Mailbox> fresh) {
    SpaceReport now = sources.space().get();
    Change change = new Change.OfSpace(now);
    if (space.filter(before -> isLike(before, now)).isPresent()) {
      fresh.forEach(one -> one.put(change));
    } else {
      space = Optional.of(now);
      tell(change);
    }
  }

  /** What others write on the disk is no news of the repository. */
  private static boolean isLike(SpaceReport before, SpaceReport now) {
    return before.used().equals(now.used())
        && before.free().equals(now.free())
        && before.reserve().equals(now.reserve())
        && before.reclaimable().equals(now.reclaimable())
        && before.points() == now.points();
  }

  private void tell(Change change) {
    listeners.forEach(one -> one.put(change));
  }

  /** All listeners are told that there is no more. */
  @Override
  public synchronized void close() {
    looker.shutdownNow();
    List.copyOf(listeners).forEach(Mailbox::close);
  }
}
