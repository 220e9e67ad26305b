package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client uploads to a real ovirt-imageio is what qemu's own tools find on the disk. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RealImageioWriteTest {

  private static final int MIB = 1 << 20;
  private static final int SIZE = 24 * MIB + 512;

  private final ExecutorService workers = Executors.newFixedThreadPool(8);
  private RealImageio imageio;
  private Process server;

  @BeforeEach
  void start() throws IOException {
    imageio = RealImageio.start();
    imageio.run("qemu-img", "create", "-q", "-f", "qcow2", "new", Integer.toString(SIZE));
  }

  @AfterEach
  void stop() throws IOException {
    workers.shutdownNow();
    if (imageio != null) {
      imageio.close();
    }
  }

  private ImageioTicket open(String operation) throws IOException {
    server = imageio.serve("new", "-f", "qcow2", "--discard=unmap", "--detect-zeroes=unmap", "new");
    return RealTickets.open(imageio.ticket("new", SIZE, operation, false), SIZE);
  }

  /** Random data with holes, as a raw file. */
  private byte[] createSource() throws IOException {
    byte[] source = new byte[SIZE];
    Random random = new Random(7);
    for (int[] part : new int[][] {{0, 3 * MIB}, {9 * MIB, 5 * MIB}, {24 * MIB, 512}}) {
      byte[] data = new byte[part[1]];
      random.nextBytes(data);
      System.arraycopy(data, 0, source, part[0], data.length);
    }
    Files.write(imageio.path("source"), source);
    return source;
  }

  private static List<ByteRange> steps() {
    List<ByteRange> steps = new ArrayList<>();
    for (int start = 0; start < SIZE; start += MIB) {
      steps.add(ByteRange.between(start, Math.min(SIZE, start + MIB)));
    }
    return steps;
  }

  private static void upload(ImageioTicket ticket, byte[] source, ByteRange step) {
    int start = Math.toIntExact(step.start());
    int length = Math.toIntExact(step.length());
    ByteBuffer data = ByteBuffer.wrap(source, start, length);
    if (data.mismatch(ByteBuffer.allocate(length)) < 0) {
      ticket.zero(step);
    } else {
      ticket.write(start, data);
    }
  }

  private void awaitAll(List<Future<?>> work) throws Exception {
    for (Future<?> one : work) {
      one.get();
    }
  }

  @Test
  void uploadsAnImageThatQemuFindsIdenticalWithItsSource() throws Exception {
    byte[] source = createSource();
    // Old content everywhere: what is not zeroed would show.
    imageio.run("qemu-io", "-f", "qcow2", "-c", "write -P 0x99 0 " + SIZE, "new");
    try (ImageioTicket ticket = open("write")) {
      List<Future<?>> work = new ArrayList<>();
      for (ByteRange step : steps()) {
        work.add(workers.submit(() -> upload(ticket, source, step)));
      }
      awaitAll(work);
      ticket.flush();

      byte[] back = new byte[SIZE];
      work.clear();
      for (ByteRange step : steps()) {
        int start = Math.toIntExact(step.start());
        ByteBuffer into = ByteBuffer.wrap(back, start, Math.toIntExact(step.length()));
        work.add(workers.submit(() -> ticket.read(start, into)));
      }
      awaitAll(work);
      assertThat(back).isEqualTo(source);
      assertThat(ticket.zeroExtents())
          .containsExactly(
              new Extent(ByteRange.between(0, 3 * MIB), Extent.Content.DATA),
              new Extent(ByteRange.between(3 * MIB, 9 * MIB), Extent.Content.ZERO),
              new Extent(ByteRange.between(9 * MIB, 14 * MIB), Extent.Content.DATA),
              new Extent(ByteRange.between(14 * MIB, 24 * MIB), Extent.Content.ZERO),
              new Extent(ByteRange.between(24 * MIB, SIZE), Extent.Content.DATA));
    }
    imageio.removeTicket("new");
    // Nothing may have been left to the end of qemu-nbd: what was flushed is on the disk.
    RealImageio.kill(server);
    assertThat(imageio.run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", "source", "new"))
        .contains("Images are identical.");
  }

  /** The sum is the one that the core's own test expects of the same content. */
  @Test
  void hasTheSumThatWeComputeOfWhatWasWritten() throws Exception {
    byte[] content = new byte[9 * MIB + 512];
    for (int i = 0; i < 5 * MIB; i++) {
      content[i] = (byte) ((i * 31) >> 3);
    }
    Arrays.fill(content, content.length - 512, content.length, (byte) 7);
    imageio.run("qemu-img", "create", "-q", "-f", "qcow2", "new", Integer.toString(content.length));
    server = imageio.serve("new", "-f", "qcow2", "--discard=unmap", "--detect-zeroes=unmap", "new");
    try (ImageioTicket ticket =
        RealTickets.open(imageio.ticket("new", content.length, "write", false), content.length)) {
      ticket.write(0, ByteBuffer.wrap(content, 0, 5 * MIB));
      ticket.write(content.length - 512, ByteBuffer.wrap(content, content.length - 512, 512));
      ticket.flush();
      assertThat(ticket.sums()).isTrue();
      assertThat(ticket.sum().hex())
          .isEqualTo("437c48c275c97ec997574e2af2c0c1c47a4b47ad961c3108588ccf381738f71a");
      ticket.write(MIB, ByteBuffer.wrap(new byte[] {1}));
      assertThat(ticket.sum().hex())
          .as("one byte differs")
          .isNotEqualTo("437c48c275c97ec997574e2af2c0c1c47a4b47ad961c3108588ccf381738f71a");
    }
  }

  @Test
  void uploadsFromTheMiddleOfDirectAndFileBackedBuffers() throws Exception {
    byte[] source = createSource();
    try (ImageioTicket ticket = open("write");
        FileChannel file = FileChannel.open(imageio.path("source"), StandardOpenOption.READ)) {
      ByteBuffer direct = ByteBuffer.allocateDirect(2 * MIB).put(source, 0, 2 * MIB);
      direct.position(4096).limit(MIB + 512);
      ticket.write(4096, direct);
      ticket.write(9 * MIB, file.map(FileChannel.MapMode.READ_ONLY, 9 * MIB, MIB));
      ByteBuffer back = ByteBuffer.allocate(MIB);
      ticket.read(9 * MIB, back);
      assertThat(back.array()).isEqualTo(Arrays.copyOfRange(source, 9 * MIB, 10 * MIB));
      back = ByteBuffer.allocate(MIB + 512);
      ticket.read(0, back);
      for (int i = 0; i < back.limit(); i++) {
        assertThat(back.get(i)).isEqualTo(i < 4096 ? 0 : source[i]);
      }
    }
  }

  @Test
  void refusesToWriteOnATicketForReading() throws Exception {
    try (ImageioTicket ticket = open("read")) {
      assertRefused(() -> ticket.zero(ByteRange.between(0, MIB)));
      assertRefused(() -> ticket.write(0, ByteBuffer.allocate(512)));
      // More than the daemon reads before it answers and closes the connection.
      assertRefused(() -> ticket.write(0, ByteBuffer.allocate(16 * MIB)));
    }
  }

  @Test
  void saysThatTheTransferHasEndedWhenItsTicketGoesInMidUpload() throws Exception {
    try (ImageioTicket ticket = open("write")) {
      ticket.write(0, ByteBuffer.allocate(16 * MIB));
      imageio.removeTicket("new");
      assertRefused(() -> ticket.write(0, ByteBuffer.allocate(16 * MIB)));
      assertRefused(ticket::flush);
    }
  }

  @Test
  void doesNotWriteOnWhenTheDiskHasGoneFromUnderTheDaemon() throws Exception {
    try (ImageioTicket ticket = open("write")) {
      ticket.write(0, ByteBuffer.allocate(MIB));
      RealImageio.kill(server);
      assertRefused(() -> ticket.write(MIB, ByteBuffer.allocate(8 * MIB)));
      assertRefused(ticket::flush);
    }
  }

  private static void assertRefused(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.HYPERVISOR_REFUSED);
              assertThat(e.getMessage() + e.remedy())
                  .contains("disk d1")
                  .doesNotContain("/images/");
            });
  }
}
