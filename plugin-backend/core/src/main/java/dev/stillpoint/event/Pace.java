package dev.stillpoint.event;

import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** How fast each VM of a run gets on, over the last few looks at it. */
final class Pace {

  private static final int LOOKS = 6;

  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(Instant time, List<Long> doneBytes) {}

  /** Bytes per second of each VM; 0 until there are two looks. */
  List<Double> of(Run run, Instant now) {
    List<Long> done =
        run.vms().stream()
            .map(vm -> vm.disks().stream().map(DiskTask::done).mapToLong(d -> d.bytes()).sum())
            .toList();
    looks.addLast(new Look(now, done));
    if (looks.size() > LOOKS) {
      looks.removeFirst();
    }
    Look first = looks.getFirst();
    double seconds = Duration.between(first.time(), now).toMillis() / 1000.0;
    return IntStream.range(0, done.size())
        .mapToObj(
            vm -> {
              long more = done.get(vm) - first.doneBytes().get(vm);
              return seconds <= 0 || more <= 0 ? 0.0 : Math.rint(more / seconds);
            })
        .toList();
  }
}
