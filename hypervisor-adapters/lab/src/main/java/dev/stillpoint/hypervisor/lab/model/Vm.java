package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.doc.Element;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A virtual machine. What only has to be kept and shown is its settings document. */
public final class Vm {
  /** The statuses the lab knows. */
  public enum Status {
    DOWN,
    WAIT_FOR_LAUNCH,
    UP,
    POWERING_DOWN;

    /** As the API words it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** As the engine's messages word it. */
    String spoken() {
      return switch (this) {
        case DOWN -> "Down";
        case WAIT_FOR_LAUNCH -> "Wait For Launch";
        case UP -> "Up";
        case POWERING_DOWN -> "Powering Down";
      };
    }
  }

  private final String id;
  private final Instant created;
  private final Map<String, Attachment> attachments = new LinkedHashMap<>();
  private final Map<String, Nic> nics = new LinkedHashMap<>();
  private final List<VmSnapshot> snapshots = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final Map<String, Backup> backups = new LinkedHashMap<>();
  private Element settings;
  private Status status = Status.DOWN;
  private Instant stopped;
  private Optional<Instant> started = Optional.empty();
  private Optional<String> loadedCd = Optional.empty();
  private Optional<String> configuredCd = Optional.empty();

  Vm(String id, Element settings, Instant created) {
    this.id = id;
    this.settings = settings;
    this.created = created;
    this.stopped = created;
  }

  public String id() {
    return id;
  }

  public String name() {
    return settings.textAt("name").orElse("");
  }

  /** Name, memory, CPU and the like, in the API's words. */
  public Element settings() {
    return settings;
  }

  void change(Element newSettings) {
    settings = newSettings;
  }

  public Instant created() {
    return created;
  }

  public Status status() {
    return status;
  }

  void enter(Status next, Instant now) {
    boolean starts = status != Status.UP && next == Status.UP;
    status = next;
    if (starts) {
      started = Optional.of(now);
      loadedCd = configuredCd;
    } else if (next == Status.DOWN) {
      stopped = now;
      loadedCd = Optional.empty();
    }
  }

  public boolean isUp() {
    return status == Status.UP;
  }

  public boolean isDown() {
    return status == Status.DOWN;
  }

  public Optional<Instant> started() {
    return started;
  }

  public Instant stopped() {
    return stopped;
  }

  /** By disk id, in the order of attaching. */
  public Map<String, Attachment> attachments() {
    return attachments;
  }

  /** By id. */
  public Map<String, Nic> nics() {
    return nics;
  }

  public List<VmSnapshot> snapshots() {
    return snapshots;
  }

  /** Whether there is one besides the running state. */
  public boolean hasSnapshots() {
    return snapshots.stream().anyMatch(one -> !one.type().equals("active"));
  }

  /** Oldest first. */
  public List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /** By id, oldest first. */
  public Map<String, Backup> backups() {
    return backups;
  }

  /** The backup that is under way. */
  public Optional<Backup> runningBackup() {
    return backups.values().stream().filter(backup -> !backup.phase().isEnd()).findFirst();
  }

  /** The disk in the drive, now or from the next start on. */
  public Optional<String> cd(boolean current) {
    return current ? loadedCd : configuredCd;
  }

  void insert(Optional<String> file, boolean current) {
    if (current) {
      loadedCd = file;
    } else {
      configuredCd = file;
    }
  }
}
