package dev.stillpoint.repository.maintenance;

/** Is told how far maintenance has come, from any of its threads, often. */
public interface MaintenanceListener {

  /** What is being done. */
  enum Step {
    /** Finding out what is needed; counts map nodes. */
    MARK,
    /** Copying what is needed out of packs that are mostly garbage; counts bytes. */
    REWRITE,
    /** Deleting packs; counts packs. */
    DELETE,
    /** Reading chunks again; counts bytes. */
    VERIFY,
    /** Reading packs for a new index; counts bytes. */
    INDEX
  }

  /**
   * @param done so far in this step
   * @param total of this step, 0 while it is not known
   */
  void progress(Step step, long done, long total);

  /** For those who do not care. */
  static MaintenanceListener none() {
    return (step, done, total) -> {};
  }
}
