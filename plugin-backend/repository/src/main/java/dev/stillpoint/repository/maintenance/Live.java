package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.sort.RecordSorter;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.List;

/**
 * What a mark found to be needed: the first bytes of the ids of all chunks and nodes, with their
 * owners. To be closed.
 *
 * @param records live records
 * @param idBytes how much of an id they have; chunks that have the same first bytes live together
 * @param owners the owners' names by their numbers
 * @param nodes map nodes that were read
 * @param count of the records, at most
 */
record Live(RecordSorter records, int idBytes, List<String> owners, long nodes, long count)
    implements AutoCloseable {

  /** The number of what belongs to nobody. */
  static final int NOBODY = -1;

  Live {
    owners = List.copyOf(owners);
  }

  SortedRecords sorted() {
    return records.cursor();
  }

  @Override
  public void close() {
    records.close();
  }
}
