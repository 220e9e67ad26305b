package dev.stillpoint.group;

/**
 * Which of those that wait is read first. Each order gives a VM, or all VMs of a host or storage
 * together, an urgency; the highest goes first. Between equals the higher load goes first, then the
 * one that the run names first.
 */
public enum LoadOrder {
  /** The busiest guests are rid of their snapshots first. */
  HIGHEST_LOAD("highest load first") {
    @Override
    double urgency(double load, double seconds, double bytes, int position) {
      return load;
    }
  },
  /**
   * Smith's rule: the most load for each second of reading goes first. With one reader no order
   * carries fewer load-seconds under snapshot (W. E. Smith, Various optimizers for single-stage
   * production, 1956).
   */
  LOAD_PER_TIME("most load per second of reading first") {
    @Override
    double urgency(double load, double seconds, double bytes, int position) {
      return seconds > 0 ? load / seconds : Double.POSITIVE_INFINITY;
    }
  },
  /** As the run names them. */
  FIFO("in the order given") {
    @Override
    double urgency(double load, double seconds, double bytes, int position) {
      return -position;
    }
  },
  /** The least to read goes first. */
  SMALLEST("smallest first") {
    @Override
    double urgency(double load, double seconds, double bytes, int position) {
      return -bytes;
    }
  },
  /** What takes longest goes first: with many readers the last one then ends earliest. */
  LONGEST("longest first") {
    @Override
    double urgency(double load, double seconds, double bytes, int position) {
      return seconds;
    }
  };

  private final String title;

  LoadOrder(String title) {
    this.title = title;
  }

  /**
   * @param load bytes a second
   * @param seconds predicted to read
   * @param bytes predicted to be read
   * @param position place in the run
   */
  abstract double urgency(double load, double seconds, double bytes, int position);

  /** For sentences: {@code highest load first}. */
  public String title() {
    return title;
  }

  /** {@code highest-load}. */
  public String word() {
    return Words.of(this);
  }

  /**
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST naming the words that are known
   */
  public static LoadOrder parse(String word) {
    return Words.parse(LoadOrder.class, "order", word);
  }
}
