package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.PointInTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A backup of some disks of a VM. */
public final class Backup {
  /** Which of the engine's three ways a backup goes. */
  public enum Flow {
    /** With a snapshot, from level 4.7 on. */
    HYBRID,
    /** By the running VM itself, with scratch disks. */
    LIVE,
    /** By a host, of a VM that is down. */
    COLD;

    /** What the engine does first, as its messages word it. */
    String firstStep() {
      return this == COLD ? "adding bitmaps" : "creating scratch disks";
    }
  }

  /** The phases in their order; the last two are ends. */
  public enum Phase {
    INITIALIZING,
    STARTING,
    READY,
    FINALIZING,
    SUCCEEDED,
    FAILED;

    /** As the API words it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isEnd() {
      return this == SUCCEEDED || this == FAILED;
    }
  }

  /** One disk of a backup at its point in time. */
  public record Part(Disk disk, PointInTime view) {
    /** full or incremental. */
    public String mode() {
      return view.isIncremental() ? "incremental" : "full";
    }
  }

  private final String id;
  private final Vm vm;
  private final Optional<String> from;
  private final Optional<String> description;
  private final List<Disk> disks;
  private final Instant created;
  private final Flow flow;
  private final Optional<String> snapshot;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> modes = new HashMap<>();
  private Phase phase;
  private Instant modified;
  private Optional<String> to = Optional.empty();
  private Optional<String> useless = Optional.empty();
  private Optional<Phase> wantedEnd = Optional.empty();
  private boolean stopWanted;
  private boolean taking;
  private boolean ending;

  Backup(Start start, Instant created) {
    this.id = start.id();
    this.vm = start.vm();
    this.from = start.from();
    this.description = start.description();
    this.disks = List.copyOf(start.disks());
    this.flow = start.flow();
    this.snapshot = start.snapshot();
    this.phase = flow == Flow.HYBRID ? Phase.STARTING : Phase.INITIALIZING;
    this.created = created;
    this.modified = created;
  }

  /**
   * What a backup begins with.
   *
   * @param snapshot the auto-generated one, in the hybrid flow
   */
  record Start(
      String id,
      Vm vm,
      Optional<String> from,
      Optional<String> description,
      List<Disk> disks,
      Flow flow,
      Optional<String> snapshot) {}

  public String id() {
    return id;
  }

  public Vm vm() {
    return vm;
  }

  public Optional<String> from() {
    return from;
  }

  public Optional<String> description() {
    return description;
  }

  public List<Disk> disks() {
    return disks;
  }

  public Instant created() {
    return created;
  }

  public Instant modified() {
    return modified;
  }

  public Phase phase() {
    return phase;
  }

  /** The checkpoint it leaves, once it is ready and if it has one. */
  public Optional<String> to() {
    return to;
  }

  /** The auto-generated snapshot, while it exists. */
  public Optional<String> snapshot() {
    return phase.isEnd() ? Optional.empty() : snapshot;
  }

  /** Whether a snapshot is its own. */
  boolean owns(VmSnapshot one) {
    return snapshot.equals(Optional.of(one.id()));
  }

  public Flow flow() {
    return flow;
  }

  /** The disks at the point in time; none before it and after the end. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** full or incremental; as asked for until the point in time is taken, then as it is. */
  public String mode(String disk) {
    return modes.getOrDefault(disk, from.isPresent() ? "incremental" : "full");
  }

  Optional<Part> part(String disk) {
    return parts.stream().filter(part -> part.disk().id().equals(disk)).findFirst();
  }

  void add(Part part) {
    parts.add(part);
    modes.put(part.disk().id(), part.mode());
  }

  /** It is on its way to its end; gives the parts away, or nothing when it was so before. */
  Optional<List<Part>> beginEnd() {
    if (ending) {
      return Optional.empty();
    }
    ending = true;
    List<Part> last = List.copyOf(parts);
    parts.clear();
    return Optional.of(last);
  }

  boolean isEnding() {
    return ending;
  }

  /** Those of its disks that have bitmaps. */
  List<Disk> tracked() {
    return disks.stream().filter(Disk::isTracked).toList();
  }

  /** The host takes its point in time; {@link #taken} follows. */
  void beginTaking() {
    taking = true;
  }

  boolean isTaking() {
    return taking;
  }

  void taken(String bitmaps) {
    taking = false;
    useless = Optional.of(bitmaps);
  }

  /** They belong to a checkpoint now. */
  void keepBitmaps() {
    useless = Optional.empty();
  }

  /** The name of those that no checkpoint has: they go with it. */
  Optional<String> uselessBitmaps() {
    return useless;
  }

  /** It shall end as soon as the host has taken its point in time. */
  void wantEnd(Phase phase) {
    wantedEnd = wantedEnd.or(() -> Optional.of(phase));
  }

  Optional<Phase> wantedEnd() {
    return wantedEnd;
  }

  void leaves(Optional<String> checkpoint) {
    to = checkpoint;
  }

  void enter(Phase next, Instant now) {
    phase = next;
    modified = now;
  }

  void wantStop() {
    stopWanted = true;
  }

  boolean isStopWanted() {
    return stopWanted;
  }
}
