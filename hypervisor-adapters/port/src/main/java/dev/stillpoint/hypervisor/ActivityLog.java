package dev.stillpoint.hypervisor;

import dev.stillpoint.model.VmId;
import java.util.Optional;

/** Where the people who watch the manager see what we do: its events and its tasks. */
public interface ActivityLog {

  /** How an event is shown. */
  enum Severity {
    NORMAL,
    WARNING,
    ERROR
  }

  /** The highest number of an event of ours that the manager still knows; zero for none. */
  int highestEventNumber();

  /**
   * Adds an event.
   *
   * @param number one or more, and never used before
   * @throws dev.stillpoint.model.StillpointException CONFLICT when the number was used before;
   *     PERMISSION
   */
  void add(int number, Event event);

  /**
   * What happened.
   *
   * @param vm the VM under which it is shown too, where it is there
   */
  record Event(Severity severity, String text, Optional<VmId> vm) {}

  /**
   * Shows a task as running.
   *
   * @param mark a text of ours that no other task has, by which an abandoned one is found
   * @return how the manager names it
   */
  String startTask(String mark, String description, EffectJournal journal);

  /** Shows a part of a task as running, and returns how the manager names it. */
  String startStep(String task, String description);

  void endStep(String task, String step, boolean succeeded);

  /** Ends a task, with the steps that are still open. Idempotent. */
  void endTask(String task, String mark, boolean succeeded, EffectJournal journal);
}
