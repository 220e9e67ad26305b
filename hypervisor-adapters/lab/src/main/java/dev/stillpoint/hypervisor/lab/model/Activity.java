package dev.stillpoint.hypervisor.lab.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's events and jobs, as far as others put them there. */
public final class Activity {
  private static final int FIRST_INDEX = 500;
  private static final String OWN_ORIGIN = "oVirt";

  private final List<Event> events = new ArrayList<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final World world;

  Activity(World world) {
    this.world = world;
  }

  /**
   * An event.
   *
   * @param index its place among all events, also its id
   * @param customId chosen by who sent it, once only
   */
  public record Event(
      int index,
      String origin,
      int customId,
      Severity severity,
      String description,
      Optional<Vm> vm,
      Instant time) {}

  /** How bad it is. */
  public enum Severity {
    NORMAL(9801),
    WARNING(9802),
    ERROR(9803),
    ALERT(9804);

    private final int code;

    Severity(int code) {
      this.code = code;
    }

    /** The number of the kind of event. */
    public int code() {
      return code;
    }
  }

  /** A job or one of its steps. */
  public static final class Job {
    private final String id;
    private final String description;
    private final String type;
    private final boolean autoCleared;
    private final String owner;
    private final Instant started;
    private final Map<String, Job> steps = new LinkedHashMap<>();
    private String status = "started";
    private Optional<Instant> ended = Optional.empty();

    Job(
        String id,
        String description,
        String type,
        boolean autoCleared,
        String owner,
        Instant started) {
      this.id = id;
      this.description = description;
      this.type = type;
      this.autoCleared = autoCleared;
      this.owner = owner;
      this.started = started;
    }

    public String id() {
      return id;
    }

    public String description() {
      return description;
    }

    /** The kind of step; empty for a job. */
    public String type() {
      return type;
    }

    public boolean autoCleared() {
      return autoCleared;
    }

    public String owner() {
      return owner;
    }

    public Instant started() {
      return started;
    }

    public String status() {
      return status;
    }

    public Optional<Instant> ended() {
      return ended;
    }

    /** By id, in their order. */
    public Map<String, Job> steps() {
      return steps;
    }

    public boolean isRunning() {
      return ended.isEmpty();
    }

    void end(String newStatus, Instant now) {
      if (isRunning()) {
        status = newStatus;
        ended = Optional.of(now);
      }
    }
  }

  /** The newest first, as the engine lists them. */
  public List<Event> events() {
    List<Event> newest = new ArrayList<>(events);
    Collections.reverse(newest);
    return newest;
  }

  public Map<String, Job> jobs() {
    return jobs;
  }

  /** The descriptions of the jobs that nobody has ended. */
  public List<String> runningJobs() {
    return jobs.values().stream().filter(Job::isRunning).map(Job::description).toList();
  }

  /** Adds an event of somebody's. */
  public Event add(
      String origin, int customId, Severity severity, String description, Optional<Vm> vm) {
    if (origin.equalsIgnoreCase(OWN_ORIGIN)) {
      throw EngineFault.conflict(
          "Cannot add External Event. Illegal Origin for External Event : oVirt");
    }
    boolean taken =
        events.stream().anyMatch(one -> one.origin().equals(origin) && one.customId() == customId);
    if (taken) {
      // The equals sign stands in the engine's own text.
      throw EngineFault.wrong(
          "=Cannot add External Event. External Event with this custom id already exists.");
    }
    Event event =
        new Event(
            FIRST_INDEX + events.size(), origin, customId, severity, description, vm, world.now());
    events.add(event);
    return event;
  }

  public Job start(String description, boolean autoCleared, String owner) {
    Job job = new Job(world.ids().next(), description, "", autoCleared, owner, world.now());
    jobs.put(job.id(), job);
    return job;
  }

  /** Begins a part of a job. */
  public Job startStep(Job job, String description, String type) {
    Job step = new Job(world.ids().next(), description, type, false, job.owner(), world.now());
    job.steps().put(step.id(), step);
    return step;
  }

  public Job job(String id) {
    return Optional.ofNullable(jobs.get(id)).orElseThrow(EngineFault::missing);
  }

  /** A part of a job. */
  public Job step(Job job, String id) {
    return Optional.ofNullable(job.steps().get(id)).orElseThrow(EngineFault::missing);
  }

  /** Ends a job or a step, and with force the steps that were left open. */
  public void end(Job job, boolean succeeded, boolean force) {
    job.end(succeeded ? "finished" : "failed", world.now());
    if (force) {
      job.steps().values().forEach(step -> step.end("aborted", world.now()));
    }
  }
}
