package dev.stillpoint.repository.nbd;

import static dev.stillpoint.repository.nbd.FakeImage.GRID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.repository.nbd.TestClient.Chunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests, sound and unsound. */
class TransmissionTest {

  private static final int SIZE = 40 * GRID + 77;

  private final FakeImage image = FakeImage.ofBytes(SIZE);
  private final NbdServer server =
      NbdServer.start(
          new NbdSettings(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              NbdTls.none(),
              64,
              4,
              Duration.ofSeconds(30)),
          List.of(image.export("disk")));

  @AfterEach
  void everyImageThatWasOpenedIsClosed() {
    server.close();
    assertThat(image.closed).hasValue(image.opened.get());
    assertThat(server.connections()).isZero();
  }

  private TestClient client() {
    return new TestClient(server.address());
  }

  private byte[] content(long offset, int length) {
    return Arrays.copyOfRange(image.content, (int) offset, (int) offset + length);
  }

  @Test
  void readsOfAnyPlaceAndLengthGiveWhatLiesThere() throws IOException {
    Random random = new Random(1);
    try (TestClient client = client().enter("disk")) {
      assertThat(client.read(0, 0, SIZE)).isEqualTo(image.content);
      for (int i = 0; i < 200; i++) {
        int offset = random.nextInt(SIZE);
        int length = 1 + random.nextInt(Math.min(SIZE - offset, 5 * GRID));
        int flags = i % 2 == 0 ? 0 : Wire.CMD_FLAG_DF;
        assertThat(client.read(flags | Wire.CMD_FLAG_FUA, offset, length))
            .isEqualTo(content(offset, length));
      }
    }
  }

  @Test
  void simpleReadsAreWholeEvenWhenLong() throws IOException {
    try (TestClient client = client().enterSimple("disk")) {
      for (int length : new int[] {1, GRID + 1, Reading.MAX_PIECE_BYTES + 1, SIZE}) {
        client.request(0, Wire.CMD_READ, length, SIZE - length, length);
        assertThat(client.simpleReply(length)).isZero();
        assertThat(client.in.readNBytes(length)).isEqualTo(content(SIZE - length, length));
      }
    }
  }

  @Test
  void holesAreSentAsHolesUnlessTheClientWantsNoFragments() throws IOException {
    try (TestClient client = client().enter("disk")) {
      client.request(0, Wire.CMD_READ, 1, GRID, GRID);
      Chunk hole = client.chunk();
      assertThat(hole.type()).isEqualTo(Wire.REPLY_OFFSET_HOLE);
      assertThat(hole.last()).isTrue();
      client.request(Wire.CMD_FLAG_DF, Wire.CMD_READ, 1, GRID, GRID);
      Chunk data = client.chunk();
      assertThat(data.type()).isEqualTo(Wire.REPLY_OFFSET_DATA);
      assertThat(data.last()).isTrue();
      assertThat(data.data().remaining()).isEqualTo(8 + GRID);
    }
  }

  @Test
  void blockStatusTellsHolesFromAnyOffset() throws IOException {
    try (TestClient client = client().enter("disk")) {
      client.request(0, Wire.CMD_BLOCK_STATUS, 5, 10, 5 * GRID);
      ByteBuffer status = client.chunk().data();
      assertThat(status.getInt()).isEqualTo(Handshake.ALLOCATION_ID);
      int[] expected = {GRID - 10, 0, GRID, 3, 2 * GRID, 0, GRID, 3, 10, 0};
      for (int value : expected) {
        assertThat(status.getInt()).isEqualTo(value);
      }
      assertThat(status.hasRemaining()).isFalse();
      client.request(Wire.CMD_FLAG_REQ_ONE, Wire.CMD_BLOCK_STATUS, 5, 2 * GRID + 1, 100);
      status = client.chunk().data();
      assertThat(status.remaining()).isEqualTo(12);
      assertThat(status.getLong(4)).isEqualTo(100L << 32);
    }
  }

  @Test
  void whatIsBeyondTheEndOrEmptyOrTooLongIsRefusedAndTheNextRequestServed() throws IOException {
    try (TestClient client = client().enter("disk")) {
      for (int type : new int[] {Wire.CMD_READ, Wire.CMD_BLOCK_STATUS}) {
        assertThat(client.error(0, type, 0, 0)).isEqualTo(Wire.EINVAL);
        assertThat(client.error(0, type, SIZE, 1)).isEqualTo(Wire.EINVAL);
        assertThat(client.error(0, type, SIZE - 1, 2)).isEqualTo(Wire.EINVAL);
        assertThat(client.error(0, type, -1, 1)).isEqualTo(Wire.EINVAL);
        assertThat(client.error(0, type, Long.MAX_VALUE, 0xFFFFFFFFL)).isEqualTo(Wire.EINVAL);
        assertThat(client.error(0, type, 0, 0xFFFFFFFFL)).isEqualTo(Wire.EINVAL);
        assertThat(client.error(1 << 6, type, 0, 1)).isEqualTo(Wire.EINVAL);
      }
      int tooLong = Reading.MAX_PIECE_BYTES + 1;
      assertThat(client.error(Wire.CMD_FLAG_DF, Wire.CMD_READ, 0, tooLong))
          .isEqualTo(Wire.EOVERFLOW);
      assertThat(client.error(0, 4711, 0, 1)).isEqualTo(Wire.EINVAL);
      assertThat(client.error(0, Wire.CMD_FLUSH, 0, 1)).isEqualTo(Wire.EINVAL);
      client.request(0, Wire.CMD_FLUSH, 3, 0, 0);
      assertThat(client.chunk().type()).isEqualTo(Wire.REPLY_NONE);
      assertThat(client.read(0, 3, 3)).isEqualTo(content(3, 3));
    }
    try (TestClient client = client().enterSimple("disk")) {
      client.request(0, Wire.CMD_READ, 8, SIZE, 1);
      assertThat(client.simpleReply(8)).isEqualTo(Wire.EINVAL);
      client.request(Wire.CMD_FLAG_DF, Wire.CMD_READ, 8, 0, 1);
      assertThat(client.simpleReply(8)).as("DF without structure").isEqualTo(Wire.EINVAL);
      client.request(0, Wire.CMD_BLOCK_STATUS, 8, 0, 1);
      assertThat(client.simpleReply(8)).isEqualTo(Wire.EINVAL);
      client.request(0, Wire.CMD_FLUSH, 8, 0, 0);
      assertThat(client.simpleReply(8)).isZero();
    }
  }

  @Test
  void moreThan32MebibytesAtATimeAreRefused() throws IOException {
    FakeImage large = new FakeImage(new byte[33 << 20]);
    NbdSettings settings =
        NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (NbdServer other = NbdServer.start(settings, List.of(large.export("large")))) {
      try (TestClient client = new TestClient(other.address()).enter("large")) {
        assertThat(client.error(0, Wire.CMD_READ, 0, (32 << 20) + 1)).isEqualTo(Wire.EOVERFLOW);
        assertThat(client.read(0, 1, 32 << 20)).containsOnly(0);
      }
      try (TestClient client = new TestClient(other.address()).enterSimple("large")) {
        client.request(0, Wire.CMD_READ, 1, 0, (32 << 20) + 1);
        assertThat(client.simpleReply(1)).isEqualTo(Wire.EINVAL);
      }
    }
  }

  @Test
  void writesAreRefusedAndTheirDataPassedOver() throws IOException {
    try (TestClient client = client().enter("disk")) {
      client.request(0, Wire.CMD_WRITE, 1, 0, 1000);
      client.out.write(new byte[1000]);
      Chunk chunk = client.chunk();
      assertThat(chunk.type()).isEqualTo(Wire.REPLY_ERROR);
      assertThat(chunk.data().getInt()).isEqualTo(Wire.EPERM);
      assertThat(client.error(0, Wire.CMD_TRIM, 0, 10)).isEqualTo(Wire.EPERM);
      assertThat(client.error(2, Wire.CMD_WRITE_ZEROES, 0, 10)).isEqualTo(Wire.EPERM);
      assertThat(client.read(0, 0, 10)).isEqualTo(content(0, 10));
      client.request(0, Wire.CMD_WRITE, 1, 0, (32 << 20) + 1);
      assertThat(client.isEnded()).as("so much nobody may send").isTrue();
    }
  }

  @Test
  void damageIsToldWithItsPlaceAndTheConnectionGoesOn() throws IOException {
    image.damagedAt = 20 * GRID;
    try (TestClient client = client().enter("disk")) {
      client.request(0, Wire.CMD_READ, 6, 0, SIZE);
      Chunk chunk = client.chunk();
      long sent = 0;
      while (!chunk.last()) {
        sent = chunk.data().getLong();
        chunk = client.chunk();
      }
      assertThat(chunk.type()).isEqualTo(Wire.REPLY_ERROR_OFFSET);
      assertThat(chunk.data().getInt()).isEqualTo(Wire.EIO);
      byte[] message = new byte[chunk.data().getShort()];
      chunk.data().get(message);
      assertThat(new String(message, UTF_8)).isEqualTo("Chunk 4711 in packs/1.pack is damaged");
      assertThat(chunk.data().getLong()).isBetween(sent + 1, image.damagedAt);
      assertThat(client.read(0, 21 * GRID, GRID)).isEqualTo(content(21 * GRID, GRID));
    }
    try (TestClient client = client().enterSimple("disk")) {
      client.request(0, Wire.CMD_READ, 6, 20 * GRID, 10);
      assertThat(client.simpleReply(6)).isEqualTo(Wire.EIO);
      client.request(0, Wire.CMD_READ, 7, 0, 10);
      assertThat(client.simpleReply(7)).isZero();
      assertThat(client.in.readNBytes(10)).isEqualTo(content(0, 10));
      client.request(0, Wire.CMD_READ, 8, 0, SIZE);
      assertThat(client.simpleReply(8)).isZero();
      assertThat(client.in.readAllBytes())
          .as("once promised, it can only be broken off")
          .hasSizeLessThan(SIZE);
    }
  }

  @Test
  void aDefectEndsTheConnectionInsteadOfHangingTheClient() throws IOException {
    try (TestClient client = client().enter("disk")) {
      image.defect = true;
      client.request(0, Wire.CMD_READ, 6, 0, 1);
      assertThat(client.isEnded()).isTrue();
    }
    image.defect = false;
    try (TestClient client = client().enter("disk")) {
      assertThat(client.read(0, 0, 1)).hasSize(1);
    }
  }

  @Test
  void manyRequestsInFlightAreAllAnsweredOnce() throws IOException {
    try (TestClient client = client().enter("disk")) {
      Set<Long> open = new HashSet<>();
      for (long cookie = 0; cookie < 500; cookie++) {
        client.request(Wire.CMD_FLAG_DF, Wire.CMD_READ, cookie, cookie * 100, 100);
        open.add(cookie);
      }
      while (!open.isEmpty()) {
        Chunk chunk = client.chunk();
        assertThat(open.remove(chunk.cookie())).isTrue();
        assertThat(chunk.data().getLong()).isEqualTo(chunk.cookie() * 100);
        byte[] data = new byte[100];
        chunk.data().get(data);
        assertThat(data).isEqualTo(content(chunk.cookie() * 100, 100));
      }
    }
  }

  @Test
  void whatWasAskedBeforeLeavingIsStillAnswered() throws IOException {
    try (TestClient client = client().enter("disk")) {
      for (int i = 0; i < 20; i++) {
        client.request(Wire.CMD_FLAG_DF, Wire.CMD_READ, i, 0, GRID);
      }
      client.request(0, Wire.CMD_DISC, 0, 0, 0);
      assertThat(client.in.readAllBytes()).hasSize(20 * (20 + 8 + GRID));
    }
  }

  @Test
  void halfAHeaderAndGarbageHurtNobodyElse() throws IOException {
    try (TestClient bystander = client().enter("disk")) {
      try (TestClient client = client().enter("disk")) {
        client.out.write(new byte[] {0x25, 0x60, (byte) 0x95});
      }
      try (TestClient client = client().enter("disk")) {
        client.out.write(new byte[28]);
        assertThat(client.isEnded()).isTrue();
      }
      Random random = new Random(3);
      for (int i = 0; i < 40; i++) {
        try (TestClient client = client().enter("disk")) {
          for (int j = 0; j < 5; j++) {
            client.request(
                random.nextInt(16), random.nextInt(10), j, random.nextLong(), random.nextInt());
          }
        } catch (IOException ended) {
          assertThat(ended).isNotNull();
        }
      }
      assertThat(bystander.read(0, 0, SIZE)).isEqualTo(image.content);
    }
  }

  @Test
  void clientsThatLeaveInMidReadGiveTheirPlaceBack() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (TestClient client = client().enter("disk")) {
        for (int j = 0; j < 10; j++) {
          client.request(0, Wire.CMD_READ, j, 0, SIZE);
        }
        client.in.readNBytes(1000);
      }
    }
    for (int i = 0; i < 3000 && server.connections() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(server.connections()).isZero();
    assertThat(image.closed).hasValue(image.opened.get());
  }

  @Test
  void closingEndsClientsThatWaitAndClientsThatDoNotListen() throws Exception {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(client().enter("disk"));
    }
    clients.add(client().greet());
    clients.add(client());
    // More than the sockets' buffers hold: the server's threads are stuck in sending.
    for (int i = 0; i < 40; i++) {
      clients.get(0).request(0, Wire.CMD_READ, i, 0, SIZE);
    }
    Thread.sleep(200);
    CompletableFuture.runAsync(server::close).get(25, TimeUnit.SECONDS);
    for (TestClient client : clients) {
      assertThat(client.isEnded()).isTrue();
      client.close();
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    for (int[] bad : new int[][] {{0, 1}, {1025, 1}, {1, 0}, {1, 65}}) {
      assertThatThrownBy(
              () ->
                  new NbdSettings(
                      server.address(), NbdTls.none(), bad[0], bad[1], Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
