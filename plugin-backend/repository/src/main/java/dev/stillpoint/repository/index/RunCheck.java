package dev.stillpoint.repository.index;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads runs whole and compares everything with its checksum. */
final class RunCheck {

  private final BlobStore blobs;
  private final DamageListener listener;
  private final Cancellation cancellation;
  private final List<String> problems = new ArrayList<>();

  RunCheck(BlobStore blobs, DamageListener listener, Cancellation cancellation) {
    this.blobs = blobs;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /** Returns the first problem of each run. */
  List<String> check(List<Run> runs) {
    for (Run run : runs) {
      try {
        check(run);
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.CORRUPT_DATA) {
          throw e;
        }
        problems.add(e.getMessage());
      }
    }
    return problems;
  }

  private void check(Run run) {
    checkEnds(run);
    byte[] line = new byte[FilterLine.BYTES];
    RunEntries entries = new RunEntries(run, RunFormat.GROUP_BLOCKS, listener);
    for (int block = 0; block < run.blocks(); block++) {
      cancellation.throwIfRequested();
      require(run, run.readLine(block, line));
      for (int i = 0; i < run.entriesInBlock(block); i++) {
        entries.next();
        if (i == 0 && fence(entries) != run.fence(block)) {
          require(run, "the fence of block " + block + " is wrong");
        }
        if (!FilterLine.mayContain(line, 0, Entries.id(entries.buffer(), entries.offset()))) {
          require(run, "the filter of block " + block + " misses an entry");
        }
      }
    }
  }

  /** Header, tail and footer were sound when they were read; their files may have rotted since. */
  private void checkEnds(Run run) {
    try {
      Run.open(blobs, run.number(), 0);
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.CORRUPT_DATA || e.kind() == ErrorKind.NOT_FOUND) {
        require(run, e.getMessage());
      }
      throw e;
    }
  }

  private static int fence(RunEntries entries) {
    return ByteBuffer.wrap(entries.buffer()).getInt(entries.offset());
  }

  private void require(Run run, String problem) {
    if (!problem.isEmpty()) {
      listener.damaged(run, problem);
      throw Footer.corrupt(run.name(), problem);
    }
  }
}
