package dev.stillpoint.terminal;

/** One line that shows how far some work is, with a bar, the rate and the time left. */
public final class ProgressBar {

  private static final int BAR = 20;

  private ProgressBar() {}

  /**
   * @param label what is at work
   * @param bytesPerSecond zero when it is not known yet
   * @param columns of the terminal; the line is shorter, for one that wraps cannot be redrawn
   */
  public static String line(String label, Progress progress, double bytesPerSecond, int columns) {
    int percent = progress.percent();
    int filled = percent * BAR / 100;
    String line =
        String.format(
            "%s [%s%s] %3d %%", label, "#".repeat(filled), "-".repeat(BAR - filled), percent);
    if (progress.doneBytes() < progress.totalBytes() && bytesPerSecond >= 1) {
      line += "  " + Wording.size((long) bytesPerSecond) + "/s";
      line +=
          progress
              .timeLeft(bytesPerSecond)
              .map(left -> "  " + Wording.duration(left) + " left")
              .orElse("");
    }
    return Wording.cut(line, Math.max(1, columns - 1));
  }
}
