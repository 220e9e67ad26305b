package dev.stillpoint.hypervisor.lab.model;

import java.time.Duration;

/**
 * How long the engine takes.
 *
 * @param loginRefusal a wrong password is answered this late
 * @param diskCreate locked to ok
 * @param diskDelete locked to gone
 * @param vmStart to up
 * @param vmStop to down
 * @param backupStart a backup's request to ready; its point in time lies in the middle
 * @param backupLinger a backup stays ready this long after its finalize
 * @param backupFinalize finalizing to succeeded
 * @param backupFailure a request to failed
 * @param transferResume resuming to transferring
 * @param transferStep from one phase of a transfer's end to the next
 * @param idleCheck how often idle transfers are looked for
 * @param idleLimit the inactivity time-out of a transfer that names none
 * @param snapshotDelete locked to gone
 * @param retention how long the records of ended backups and transfers are kept
 */
public record LabTimes(
    Duration loginRefusal,
    Duration diskCreate,
    Duration diskDelete,
    Duration vmStart,
    Duration vmStop,
    Duration backupStart,
    Duration backupLinger,
    Duration backupFinalize,
    Duration backupFailure,
    Duration transferResume,
    Duration transferStep,
    Duration idleCheck,
    Duration idleLimit,
    Duration snapshotDelete,
    Duration retention) {

  /** What was observed at a real engine. */
  public static LabTimes realistic() {
    return new LabTimes(
        Duration.ofSeconds(5),
        Duration.ofSeconds(7),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofSeconds(5),
        Duration.ofSeconds(11),
        Duration.ofSeconds(4),
        Duration.ofSeconds(24),
        Duration.ofSeconds(10),
        Duration.ofMillis(800),
        Duration.ofSeconds(4),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        Duration.ofMinutes(15));
  }

  /** For tests: long enough that a poller sees each state if it asks at once, not longer. */
  public static LabTimes quick() {
    return new LabTimes(
        Duration.ofMillis(20),
        Duration.ofMillis(40),
        Duration.ofMillis(30),
        Duration.ofMillis(40),
        Duration.ofMillis(30),
        Duration.ofMillis(60),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(40),
        Duration.ofMillis(20),
        Duration.ofMillis(30),
        Duration.ofMillis(100),
        Duration.ofSeconds(60),
        Duration.ofMillis(50),
        Duration.ofSeconds(20));
  }

  /** For people: every state can be seen, nobody has to wait. */
  public static LabTimes demo() {
    return new LabTimes(
        Duration.ofSeconds(1),
        Duration.ofMillis(700),
        Duration.ofMillis(500),
        Duration.ofMillis(1500),
        Duration.ofMillis(1000),
        Duration.ofMillis(1200),
        Duration.ofMillis(300),
        Duration.ofMillis(1500),
        Duration.ofMillis(1000),
        Duration.ofMillis(300),
        Duration.ofMillis(400),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofMillis(1500),
        Duration.ofMinutes(15));
  }

  /** The same with another retention of ended records. */
  public LabTimes withRetention(Duration kept) {
    return new LabTimes(
        loginRefusal,
        diskCreate,
        diskDelete,
        vmStart,
        vmStop,
        backupStart,
        backupLinger,
        backupFinalize,
        backupFailure,
        transferResume,
        transferStep,
        idleCheck,
        idleLimit,
        snapshotDelete,
        kept);
  }
}
