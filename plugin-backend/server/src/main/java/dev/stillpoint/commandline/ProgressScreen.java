package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Progress;
import dev.stillpoint.terminal.ProgressBar;
import dev.stillpoint.terminal.RateMeter;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

/** Bars that are redrawn in place on a terminal: one per VM at work, one for all. */
final class ProgressScreen implements ProgressView {

  private static final int MOST_VMS = 15;
  private static final String ALL = "all";
  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR_LINE = "\r" + ESCAPE + "2K";

  private final PrintWriter out;
  private final int columns;
  private final LongSupplier nanoTicker;
  private final Map<String, RateMeter> rates = new HashMap<>();
  private int drawn;

  ProgressScreen(PrintWriter out, int columns, LongSupplier nanoTicker) {
    this.out = out;
    this.columns = columns;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public void show(JsonNode run) {
    List<String> lines = lines(run, nanoTicker.getAsLong());
    StringBuilder picture = new StringBuilder();
    if (drawn > 0) {
      picture.append(ESCAPE).append(drawn).append('A');
    }
    int height = Math.max(drawn, lines.size());
    for (int i = 0; i < height; i++) {
      picture.append(CLEAR_LINE).append(i < lines.size() ? lines.get(i) : "").append('\n');
    }
    out.print(picture);
    out.flush();
    drawn = height;
  }

  private List<String> lines(JsonNode run, long now) {
    List<JsonNode> vms = StreamSupport.stream(run.path("vms").spliterator(), false).toList();
    int name =
        Math.min(
            Math.max(8, columns - 60),
            vms.stream().mapToInt(vm -> Wording.width(name(vm))).max().orElse(0));
    List<String> lines = new ArrayList<>();
    int ended = 0;
    for (JsonNode vm : vms) {
      String state = vm.path("state").asText();
      Progress progress = RunProgress.ofVm(vm);
      double rate = rate("vm " + name(vm), now, progress);
      ended += progress.ended() ? 1 : 0;
      boolean atWork = !progress.ended() && !state.equals("waiting");
      if (vms.size() <= MOST_VMS || (atWork && lines.size() < MOST_VMS)) {
        lines.add(line(Wording.cut(name(vm), name), state, progress, rate, name));
      }
    }
    Progress all = RunProgress.ofRun(run);
    String state = run.path("state").asText() + " " + ended + "/" + vms.size();
    lines.add(line(ALL, state, all, rate(ALL, now, all), name));
    return lines;
  }

  private static String name(JsonNode vm) {
    return Wording.harmless(vm.path("vmName").asText());
  }

  private double rate(String key, long now, Progress progress) {
    RateMeter meter = rates.computeIfAbsent(key, k -> new RateMeter());
    meter.note(now, progress.doneBytes());
    return meter.bytesPerSecond();
  }

  private String line(String name, String state, Progress progress, double rate, int nameWidth) {
    return ProgressBar.line(
        Wording.padded(name, nameWidth) + "  " + Wording.padded(state, 13),
        progress,
        rate,
        columns);
  }
}
