package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.RunFormat.PAGE_BYTES;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.Arrays;

/** The entries of a run from its first to its last. */
final class RunEntries implements SortedRecords {

  private final Run run;
  private final DamageListener listener;
  private final byte[] buffer;
  private final byte[] before = new byte[ChunkId.BYTES];
  private int firstBlock;
  private int blocks;
  private int block;
  private int inBlock = -1;
  private boolean started;

  /**
   * @param bufferBlocks how many blocks to read at a time, a divisor of the blocks in a group
   */
  RunEntries(Run run, int bufferBlocks, DamageListener listener) {
    this.run = run;
    this.listener = listener;
    this.buffer = new byte[bufferBlocks * PAGE_BYTES];
  }

  /**
   * {@inheritDoc}
   *
   * <p>A damaged part is an error here, after the listener has heard of it: who reads a run to its
   * end relies on missing nothing.
   */
  @Override
  public boolean next() {
    if (block == run.blocks()) {
      return false;
    }
    if (started) {
      System.arraycopy(buffer, offset(), before, 0, before.length);
    }
    inBlock++;
    if (inBlock == run.entriesInBlock(block)) {
      inBlock = 0;
      block++;
      if (block == run.blocks()) {
        return false;
      }
    }
    if (block == firstBlock + blocks) {
      read();
    }
    int at = offset();
    if (!Entries.isPossible(buffer, at)
        || (started
            && Arrays.compareUnsigned(before, 0, before.length, buffer, at, at + before.length)
                >= 0)) {
      throw damaged("block " + block + " has an impossible entry");
    }
    started = true;
    return true;
  }

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int offset() {
    return (block - firstBlock) * PAGE_BYTES + inBlock * Entries.BYTES;
  }

  private void read() {
    firstBlock = block;
    blocks = Math.min(buffer.length / PAGE_BYTES, run.blocks() - block);
    String problem = run.read(firstBlock, blocks, buffer);
    if (!problem.isEmpty()) {
      throw damaged(problem);
    }
  }

  private RuntimeException damaged(String problem) {
    listener.damaged(run, problem);
    return Footer.corrupt(run.name(), problem);
  }
}
