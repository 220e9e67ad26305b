package dev.stillpoint.hypervisor;

/** What Stillpoint asks a manager whether somebody may do it. */
public enum Right {
  /** Have a restore point made of a VM. */
  BACK_UP("back up"),
  /** Read what is in the restore points of a VM. */
  READ_DATA("read the data of"),
  /** Put a VM back to a restore point. */
  RESTORE("restore"),
  /** Make a new VM of a restore point. */
  RESTORE_AS_NEW("make a new VM of"),
  /** Decide on policies and see everything of the site. */
  ADMINISTER("administer");

  private final String words;

  Right(String words) {
    this.words = words;
  }

  /** As a part of a sentence: {@code may not back up VM web01}. */
  public String words() {
    return words;
  }
}
