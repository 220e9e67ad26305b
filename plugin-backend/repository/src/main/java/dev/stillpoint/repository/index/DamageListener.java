package dev.stillpoint.repository.index;

/** Is told when a run in use turns out to be damaged. */
interface DamageListener {

  /**
   * @param problem what is wrong, as the rest of a sentence: "block 7 does not match its checksum"
   */
  void damaged(Run run, String problem);
}
