package dev.stillpoint.hypervisor;

import java.util.List;

/** What backups, ours or others', may have left behind on a manager. Looks only. */
public interface Strays {

  /** In no particular order; ours are among them. */
  List<Stray> find();
}
