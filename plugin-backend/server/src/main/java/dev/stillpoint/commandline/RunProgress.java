package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Progress;
import dev.stillpoint.terminal.Wording;
import java.util.Set;

/** How far a run is, from what the server says. */
final class RunProgress {

  private static final Set<String> ENDED =
      Set.of("succeeded", "warning", "failed", "skipped", "cancelled");

  private RunProgress() {}

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
      done += progress.doneBytes();
      total += progress.totalBytes();
      known += progress.ended() || progress.totalBytes() > 0 ? 1 : 0;
    }
    int unknown = run.path("vms").size() - known;
    long estimated = known == 0 ? 0 : total + total / known * unknown;
    return new Progress(done, estimated, isEnded(run.path("state").asText()));
  }
}
