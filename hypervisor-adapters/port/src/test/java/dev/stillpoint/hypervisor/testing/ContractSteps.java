package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** What the contract's tests do again and again. One test uses one, from one thread. */
final class ContractSteps implements AutoCloseable {

  private static final int PIECE_BYTES = 1 << 20;

  final SiteUnderTest site;
  final RecordingJournal journal = new RecordingJournal();
  private final Deque<SiteSession> sessions = new ArrayDeque<>();
  private final Random random = new Random(42);

  ContractSteps(SiteUnderTest site) {
    this.site = site;
  }

  /** The session of this process, opened at first use. */
  SiteSession session() {
    if (sessions.isEmpty()) {
      sessions.push(connect());
    }
    return sessions.peek();
  }

  /** A new process; what the one before held open is simply forgotten. */
  SiteSession restartedSession() {
    sessions.push(connect());
    return sessions.peek();
  }

  private SiteSession connect() {
    try (Password password = site.password()) {
      return site.connector().connect(site.address(), password, site.timeouts());
    }
  }

  VmSettings settings(VmId vm) {
    return session().inventory().settings(vm).orElseThrow();
  }

  DiskSettings trackedDisk(VmId vm) {
    return settings(vm).disks().stream()
        .filter(DiskSettings::changeTracking)
        .findFirst()
        .orElseThrow();
  }

  VmSnapshot take(VmId vm, Optional<CheckpointId> since) {
    return session().snapshots().take(request(vm, since), journal);
  }

  SnapshotRequest request(VmId vm, Optional<CheckpointId> since) {
    List<DiskId> disks = settings(vm).disks().stream().map(DiskSettings::id).toList();
    return new SnapshotRequest(UUID.randomUUID(), vm, disks, since, Freezing.NONE, "contract test");
  }

  /** Reads a disk over what is known of it; returns how many bytes were fetched. */
  long read(VmSnapshot snapshot, DiskId disk, byte[] image) {
    try (DiskReader reader = snapshot.open(disk)) {
      return read(reader, image);
    }
  }

  long read(DiskReader reader, byte[] image) {
    long fetched = 0;
    long next = 0;
    for (Extent extent : reader.extents()) {
      ByteRange range = extent.range();
      assertThat(range.start()).as("extents have no gaps").isEqualTo(next);
      next = range.end();
      switch (extent.content()) {
        case DATA -> {
          fetch(reader, range, image);
          fetched += range.length();
        }
        case ZERO -> Arrays.fill(image, (int) range.start(), (int) range.end(), (byte) 0);
        case UNCHANGED -> assertThat(reader.readMode().incremental()).isTrue();
      }
    }
    assertThat(next).as("extents cover the disk").isEqualTo(reader.size().bytes());
    return fetched;
  }

  private static void fetch(DiskReader reader, ByteRange range, byte[] image) {
    for (long at = range.start(); at < range.end(); at += PIECE_BYTES) {
      int length = (int) Math.min(PIECE_BYTES, range.end() - at);
      ByteBuffer piece = ByteBuffer.wrap(image, (int) at, length);
      reader.read(at, piece);
      assertThat(piece.hasRemaining()).as("the whole piece is read").isFalse();
    }
  }

  /** An image of a disk whose bytes the restart knows nothing of. */
  static byte[] emptyImage(DiskSettings disk) {
    byte[] image = new byte[Math.toIntExact(disk.size().bytes())];
    Arrays.fill(image, (byte) 0x5a);
    return image;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Content for a disk: data at both ends, zeroes between. */
  byte[] content(DiskSettings disk) {
    byte[] content = new byte[Math.toIntExact(disk.size().bytes())];
    System.arraycopy(bytes(300_000), 0, content, 0, 300_000);
    System.arraycopy(bytes(65_536), 0, content, content.length - 65_536, 65_536);
    return content;
  }

  /** Fills a new disk and finishes it. */
  DiskId fill(DiskSettings like, byte[] content) {
    try (DiskWriter writer = session().restoreTarget().createDisk(like, journal)) {
      write(writer, content);
      writer.finish();
      return writer.disk();
    }
  }

  static void write(DiskWriter writer, byte[] content) {
    for (int at = 0; at < content.length; at += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, content.length - at);
      if (isZero(content, at, length)) {
        writer.zero(new ByteRange(at, length));
      } else {
        writer.write(at, ByteBuffer.wrap(content, at, length));
      }
    }
    writer.flush();
  }

  /**
   * What a start-up does: release all that the journal lists, newest first, until nothing moves.
   */
  void sweep() {
    SiteSession session = restartedSession();
    boolean progress = true;
    List<StillpointException> refused = new ArrayList<>();
    while (progress && !journal.open().isEmpty()) {
      progress = false;
      refused.clear();
      List<OutsideEffect> open = journal.open();
      for (int i = open.size() - 1; i >= 0; i--) {
        try {
          session.release(open.get(i)).forEach(journal::intend);
          journal.released(open.get(i));
          progress = true;
        } catch (StillpointException e) {
          refused.add(e);
        }
      }
    }
    assertThat(refused).as("releases that were refused").isEmpty();
  }

  void assertNothingLeft() {
    assertThat(site.leftovers()).as("left behind on the manager").isEmpty();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static boolean isZero(byte[] content, int at, int length) {
    for (int i = at; i < at + length; i++) {
      if (content[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    sessions.forEach(SiteSession::close);
  }
}
