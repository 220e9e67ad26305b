package dev.stillpoint.repository.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.stillpoint.model.ByteRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Calls of the C library on files, 64-bit Linux. */
public final class PosixFiles {

  private static final int O_RDONLY = 0;
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0100;
  private static final int O_CLOEXEC = 02000000;
  private static final int OWNER_ONLY = 0600;
  private static final int KEEP_SIZE = 1;
  private static final int SEEK_END = 2;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  /** ENXIO: no data beyond that offset. */
  private static final int NO_MORE_DATA = 6;

  private static final int NO_SUCH_CALL = 38;
  private static final int NOT_SUPPORTED = 95;

  /** Of {@code struct statx}, which is the same on every processor: see statx(2). */
  private static final int AT_CURRENT_DIRECTORY = -100;

  private static final int STATX_BLOCKS = 0x400;
  private static final int STATX_BYTES = 256;
  private static final int STATX_BLOCKS_OFFSET = 48;
  private static final int STATX_BLOCK_BYTES = 512;

  /** EINVAL: nothing is known of holes there, as for block devices. */
  private static final int NO_HOLES_KNOWN = 22;

  private PosixFiles() {}

  /**
   * Claims disk blocks for the first {@code bytes} of a file without changing its length; makes the
   * file when there is none. What is written there later cannot fail for want of space. Blocks
   * beyond the file's end are given back by setting its length, even to what it is.
   *
   * @return false when the file system cannot claim space, such as ZFS or NFS before 4.2
   * @throws IOException when the disk is full; in every case the file may be left behind
   */
  public static boolean claim(Path file, long bytes) throws IOException {
    try (Handle handle = new Handle(file, O_RDWR | O_CREAT)) {
      C.fallocate(handle.descriptor, KEEP_SIZE, 0, bytes);
      return true;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == NOT_SUPPORTED || e.getErrorCode() == NO_SUCH_CALL) {
        return false;
      }
      throw new IOException(
          "Cannot claim " + bytes + " bytes for " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * What a file takes of the disk, in bytes: blocks, claimed ones included, whatever its length.
   *
   * @throws IOException when there is no such file, or it cannot be looked at
   */
  public static long allocatedBytes(Path file) throws IOException {
    try (Memory answer = new Memory(STATX_BYTES)) {
      C.statx(AT_CURRENT_DIRECTORY, file.toString(), 0, STATX_BLOCKS, answer);
      return answer.getLong(STATX_BLOCKS_OFFSET) * STATX_BLOCK_BYTES;
    } catch (LastErrorException e) {
      throw new IOException("Cannot look at " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Where a file or block device has data, ascending; the rest are holes that read as zeroes. A
   * file system that keeps no holes answers one range.
   *
   * @throws IOException when the file cannot be read
   */
  public static List<ByteRange> dataRanges(Path file) throws IOException {
    try (Handle handle = new Handle(file, O_RDONLY)) {
      long end = C.lseek(handle.descriptor, 0, SEEK_END);
      List<ByteRange> ranges = new ArrayList<>();
      long position = 0;
      while (position < end) {
        long start = nextData(handle, position, end);
        if (start >= end) {
          break;
        }
        position = nextHole(handle, start, end);
        ranges.add(ByteRange.between(start, position));
      }
      return List.copyOf(ranges);
    } catch (LastErrorException e) {
      throw new IOException("Cannot find the holes of " + file + ": " + e.getMessage(), e);
    }
  }

  private static long nextData(Handle handle, long position, long end) {
    try {
      return C.lseek(handle.descriptor, position, SEEK_DATA);
    } catch (LastErrorException e) {
      return switch (e.getErrorCode()) {
        case NO_MORE_DATA -> end;
        case NO_HOLES_KNOWN -> position;
        default -> throw e;
      };
    }
  }

  private static long nextHole(Handle handle, long position, long end) {
    try {
      return Math.min(end, C.lseek(handle.descriptor, position, SEEK_HOLE));
    } catch (LastErrorException e) {
      if (e.getErrorCode() == NO_HOLES_KNOWN) {
        return end;
      }
      throw e;
    }
  }

  private static final class Handle implements AutoCloseable {

    private final int descriptor;

    Handle(Path file, int flags) {
      this.descriptor = C.open(file.toString(), flags | O_CLOEXEC, OWNER_ONLY);
    }

    @Override
    public void close() {
      C.close(descriptor);
    }
  }

  /** The functions as the C library has them. */
  private static final class C {

    static {
      Native.register(C.class, "c");
    }

    static native int open(String path, int flags, int mode) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int fallocate(int descriptor, int mode, long offset, long length)
        throws LastErrorException;

    static native int statx(int folder, String path, int flags, int mask, Pointer answer)
        throws LastErrorException;

    static native long lseek(int descriptor, long offset, int whence) throws LastErrorException;
  }
}
