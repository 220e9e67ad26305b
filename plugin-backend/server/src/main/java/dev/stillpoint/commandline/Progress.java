package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Wording;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How far some work is: pure arithmetic over what the server says.
 *
 * @param doneBytes what is done
 * @param totalBytes what there is to do as far as is known, estimated where it is not; zero when
 *     nothing is known yet
 * @param ended whether nothing more will be done
 */
record Progress(long doneBytes, long totalBytes, boolean ended) {

  private static final Set<String> ENDED =
      Set.of("succeeded", "warning", "failed", "skipped", "cancelled");
  private static final Duration LONGEST_LEFT = Duration.ofDays(99);

  Progress {
    if (doneBytes < 0 || totalBytes < 0) {
      throw new IllegalArgumentException("Negative progress: " + doneBytes + " of " + totalBytes);
    }
  }

  /** Whether a run or a VM's task in that state will change no more. */
  static boolean isEnded(String state) {
    return ENDED.contains(state);
  }

  static Progress ofVm(JsonNode vm) {
    String state = vm.path("state").asText();
    long done = Math.max(0, Wording.sum(vm.path("disks"), "bytesDone"));
    long total = Math.max(0, Wording.sum(vm.path("disks"), "bytesTotal"));
    return new Progress(done, isEnded(state) ? done : total, isEnded(state));
  }

  /**
   * The whole run. A VM whose amount is not known yet counts like the average of those known, so
   * that the first VM's end does not show as the end of all.
   */
  static Progress ofRun(JsonNode run) {
    long done = 0;
    long total = 0;
    int known = 0;
    for (JsonNode vm : run.path("vms")) {
      Progress progress = ofVm(vm);
      done += progress.doneBytes;
      total += progress.totalBytes;
      known += progress.ended || progress.totalBytes > 0 ? 1 : 0;
    }
    int unknown = run.path("vms").size() - known;
    long estimated = known == 0 ? 0 : total + total / known * unknown;
    return new Progress(done, estimated, isEnded(run.path("state").asText()));
  }

  /** From 0 to 100; 100 only when all is done. */
  int percent() {
    if (ended || totalBytes == 0) {
      return ended ? 100 : 0;
    }
    return (int) Math.min(100, 100.0 * doneBytes / totalBytes);
  }

  /** The time the rest takes at that rate; empty when the rate says nothing. */
  Optional<Duration> timeLeft(double bytesPerSecond) {
    if (ended || totalBytes == 0 || !(bytesPerSecond >= 1)) {
      return Optional.empty();
    }
    double seconds = Math.max(0, totalBytes - doneBytes) / bytesPerSecond;
    return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)))
        .filter(left -> left.compareTo(LONGEST_LEFT) < 0);
  }
}
