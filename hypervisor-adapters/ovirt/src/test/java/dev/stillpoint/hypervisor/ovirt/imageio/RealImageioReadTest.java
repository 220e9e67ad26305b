package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.Extent.Content;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client reads from a real ovirt-imageio is what qemu's own tools see. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RealImageioReadTest {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /** Not a multiple of a cluster, as the disks of real VMs. */
  private static final long SIZE = 33 * MIB + 512;

  private final ExecutorService workers = Executors.newFixedThreadPool(32);
  private RealImageio imageio;

  @BeforeEach
  void start() throws IOException {
    imageio = RealImageio.start();
  }

  @AfterEach
  void stop() throws IOException {
    workers.shutdownNow();
    if (imageio != null) {
      imageio.close();
    }
  }

  /** A sparse image with a different pattern in each of its written parts. */
  private void createImage() throws IOException {
    imageio.run("qemu-img", "create", "-q", "-f", "qcow2", "disk", Long.toString(SIZE));
    imageio.run(
        "qemu-io",
        "-f",
        "qcow2",
        "-c",
        "write -P 0x11 0 1M",
        "-c",
        "write -P 0x22 5M 3M",
        "-c",
        "write -P 0x33 20M 64k",
        "-c",
        "write -P 0x44 33M 512",
        "disk");
  }

  private byte[] asQemuSeesIt() throws IOException {
    imageio.run("qemu-img", "convert", "-U", "-f", "qcow2", "-O", "raw", "disk", "raw");
    return Files.readAllBytes(imageio.path("raw"));
  }

  private ImageioTicket open(boolean dirty) {
    return RealTickets.open(imageio.ticket("disk", SIZE, "read", dirty), SIZE);
  }

  private static Extent extent(long start, long end, Content content) {
    return new Extent(ByteRange.between(start, end), content);
  }

  @Test
  void readsInParallelEveryByteThatQemuWrote() throws Exception {
    createImage();
    imageio.serve("disk", "-r", "-f", "qcow2", "disk");
    byte[] image = new byte[Math.toIntExact(SIZE)];
    try (ImageioTicket ticket = open(false)) {
      List<Future<?>> reads = new ArrayList<>();
      int step = 1_000_003;
      for (int start = 0; start < image.length; start += step) {
        ByteBuffer into = ByteBuffer.wrap(image, start, Math.min(step, image.length - start));
        int offset = start;
        reads.add(workers.submit(() -> ticket.read(offset, into)));
      }
      for (Future<?> read : reads) {
        read.get();
      }
    }
    assertThat(image).isEqualTo(asQemuSeesIt());
    assertThat(image[0]).isEqualTo((byte) 0x11);
    assertThat(image[image.length - 1]).isEqualTo((byte) 0x44);
  }

  @Test
  void tellsExactlyWhereASparseImageIsZero() throws IOException {
    createImage();
    imageio.serve("disk", "-r", "-f", "qcow2", "disk");
    try (ImageioTicket ticket = open(false)) {
      assertThat(ticket.zeroExtents())
          .containsExactly(
              extent(0, MIB, Content.DATA),
              extent(MIB, 5 * MIB, Content.ZERO),
              extent(5 * MIB, 8 * MIB, Content.DATA),
              extent(8 * MIB, 20 * MIB, Content.ZERO),
              extent(20 * MIB, 20 * MIB + 64 * KIB, Content.DATA),
              extent(20 * MIB + 64 * KIB, 33 * MIB, Content.ZERO),
              extent(33 * MIB, SIZE, Content.DATA));
    }
  }

  @Test
  void tellsExactlyWhatChangedSinceTheBitmapWasAdded() throws IOException {
    createImage();
    changeAfterABitmap();
    imageio.serve("disk", "-r", "-f", "qcow2", "-B", "since", "disk");
    try (ImageioTicket ticket = open(true)) {
      assertThat(ticket.changedExtents())
          .hasValue(
              List.of(
                  extent(0, 6 * MIB, Content.UNCHANGED),
                  extent(6 * MIB, 6 * MIB + 128 * KIB, Content.DATA),
                  extent(6 * MIB + 128 * KIB, 7 * MIB, Content.UNCHANGED),
                  extent(7 * MIB, 7 * MIB + 64 * KIB, Content.ZERO),
                  extent(7 * MIB + 64 * KIB, 10 * MIB, Content.UNCHANGED),
                  extent(10 * MIB, 10 * MIB + 64 * KIB, Content.DATA),
                  extent(10 * MIB + 64 * KIB, 33 * MIB, Content.UNCHANGED),
                  extent(33 * MIB, SIZE, Content.DATA)));
    }
  }

  /** Two neighbours, a part that became zero, less than a cluster, and the ragged end. */
  private void changeAfterABitmap() throws IOException {
    imageio.run("qemu-img", "bitmap", "--add", "--enable", "-f", "qcow2", "disk", "since");
    imageio.run(
        "qemu-io",
        "-f",
        "qcow2",
        "-c",
        "write -P 0x55 6M 64k",
        "-c",
        "write -P 0x66 6208k 64k",
        "-c",
        "write -z 7M 64k",
        "-c",
        "write -P 0x77 10244k 4k",
        "-c",
        "write -P 0x88 33M 512",
        "disk");
  }

  @Test
  void aFullReadAndTheChangesSinceMakeUpTheImageOfNow() throws IOException {
    createImage();
    byte[] image = asQemuSeesIt();
    changeAfterABitmap();
    imageio.serve("disk", "-r", "-f", "qcow2", "-B", "since", "disk");
    try (ImageioTicket ticket = open(true)) {
      for (Extent extent : ticket.changedExtents().orElseThrow()) {
        int start = Math.toIntExact(extent.range().start());
        int length = Math.toIntExact(extent.range().length());
        switch (extent.content()) {
          case DATA -> ticket.read(start, ByteBuffer.wrap(image, start, length));
          case ZERO -> Arrays.fill(image, start, start + length, (byte) 0);
          case UNCHANGED -> {}
        }
      }
    }
    assertThat(image).isEqualTo(asQemuSeesIt());
  }

  @Test
  void knowsNoChangesWhereTheHostServesNoBitmap() throws IOException {
    createImage();
    imageio.serve("disk", "-r", "-f", "qcow2", "disk");
    for (boolean dirty : new boolean[] {true, false}) {
      try (ImageioTicket ticket = open(dirty)) {
        assertThat(ticket.changedExtents()).isEmpty();
        assertThat(ticket.zeroExtents()).isNotEmpty();
      }
      imageio.removeTicket("disk");
    }
  }

  @Test
  void neverWaitsForConnectionsThatTheDaemonDoesNotGrant() throws Exception {
    createImage();
    imageio.serve("disk", "-r", "-f", "qcow2", "disk");
    try (ImageioTicket ticket = open(false)) {
      List<Future<?>> reads = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        reads.add(workers.submit(() -> ticket.read(0, ByteBuffer.allocate(1 << 20))));
        reads.add(workers.submit(ticket::zeroExtents));
      }
      for (Future<?> read : reads) {
        read.get();
      }
      assertThat(imageio.ask("disk")).containsPattern("\"connections\": [1-5],");
    }
  }

  @Test
  void takesNoListOfExtentsForAnotherSizeThanTheDisks() throws IOException {
    createImage();
    changeAfterABitmap();
    imageio.serve("disk", "-r", "-f", "qcow2", "-B", "since", "disk");
    String url = imageio.ticket("disk", SIZE, "read", true);
    try (ImageioTicket ticket = RealTickets.open(url, SIZE + 64 * KIB)) {
      assertThat(ticket.changedExtents()).isEmpty();
      assertThatThrownBy(ticket::zeroExtents)
          .isInstanceOfSatisfying(
              StillpointException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.HYPERVISOR_REFUSED));
    }
  }
}
