package dev.stillpoint.group;

/** How the figures of the VMs of one host or storage become one. */
public enum Collective {
  SUM {
    @Override
    double of(double sum, int count) {
      return sum;
    }
  },
  MEAN {
    @Override
    double of(double sum, int count) {
      return sum / count;
    }
  };

  abstract double of(double sum, int count);

  public String word() {
    return Words.of(this);
  }

  /**
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST naming the words that are known
   */
  public static Collective parse(String word) {
    return Words.parse(Collective.class, "collective", word);
  }
}
