package dev.stillpoint.backup;

import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.time.Instant;

/**
 * One VM of a batch, and when what happened to it. Written by the thread that works on the VM, read
 * when that has ended.
 */
final class GroupMember {

  private final VmId vm;
  private final Candidate candidate;
  private final VmBackup backup;
  private Instant asked = Instant.EPOCH;
  private Instant started = Instant.EPOCH;
  private Instant ended = Instant.EPOCH;
  private double carriedBefore;
  private double carriedAfter;
  private String reason = "";

  GroupMember(VmId vm, Candidate candidate, VmBackup backup) {
    this.vm = vm;
    this.candidate = candidate;
    this.backup = backup;
  }

  VmId vm() {
    return vm;
  }

  Candidate candidate() {
    return candidate;
  }

  VmBackup backup() {
    return backup;
  }

  /** Its snapshot is asked for. */
  void asked(Instant now, LoadView loads) {
    asked = now;
    carriedBefore = loads.carried(vm, now);
  }

  /** A reader takes it. */
  void started(Instant now, String why) {
    started = now;
    reason = why;
  }

  /** Its snapshot is gone. */
  void ended(Instant now, LoadView loads) {
    ended = now;
    carriedAfter = loads.carried(vm, now);
  }

  /**
   * @param read when the batch began to be read
   */
  GroupReport.Member report(int batch, Instant read) {
    Duration underSnapshot = between(asked, ended);
    double seconds = underSnapshot.toNanos() / 1e9;
    return new GroupReport.Member(
        candidate.position(),
        batch,
        between(asked, read),
        underSnapshot,
        between(started, ended),
        seconds > 0 ? Math.max(0, carriedAfter - carriedBefore) / seconds : 0,
        reason);
  }

  /** A clock that was set back meanwhile makes no negative times. */
  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
