package dev.stillpoint.repository.nbd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.Waiter;
import dev.stillpoint.repository.nbd.TestClient.OptionReply;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The negotiation, with clients that know it and clients that do not. */
class HandshakeTest {

  private final FakeImage image = FakeImage.ofBytes(3 * FakeImage.GRID);
  private final FakeImage other = FakeImage.ofBytes(100);
  private final NbdServer server = start(Duration.ofMinutes(1), 8);

  private NbdServer start(Duration timeout, int connections) {
    return NbdServer.start(
        new NbdSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            NbdTls.none(),
            connections,
            2,
            timeout),
        List.of(image.export("a/1"), new NbdExport("b ☃", "the other", other::open)));
  }

  @AfterEach
  void everyImageThatWasOpenedIsClosed() {
    server.close();
    assertThat(image.closed).hasValue(image.opened.get());
    assertThat(other.closed).hasValue(other.opened.get());
  }

  private TestClient client() {
    return new TestClient(server.address());
  }

  private static void await(BooleanSupplier condition) {
    Waiter waiter = Waiter.sleeping();
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      waiter.await(Duration.ofMillis(20));
    }
  }

  /**
   * Once those who have left have given their places back. Some may still wait to be accepted: who
   * is served came after them.
   */
  private void stillServes() {
    await(this::serves);
    await(() -> server.connections() == 0);
    assertThat(server.connections()).isZero();
    assertThat(serves()).isTrue();
  }

  private boolean serves() {
    try (TestClient client = client()) {
      byte[] read = client.enter("a/1").read(0, 5, 10);
      return Arrays.equals(read, Arrays.copyOfRange(image.content, 5, 15));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void listsWhatThereIs() throws IOException {
    try (TestClient client = client().greet()) {
      List<OptionReply> replies = client.ask(Wire.OPT_LIST);
      assertThat(replies).hasSize(3);
      assertThat(replies.get(0).text()).endsWith("a/1");
      assertThat(replies.get(1).text()).endsWith("b ☃the other");
      assertThat(replies.get(1).data().getInt()).isEqualTo(5);
      assertThat(image.opened).as("a list opens nothing").hasValue(0);
      assertThat(client.finalReply(Wire.OPT_LIST, (byte) 1)).isEqualTo(Wire.REP_ERR_INVALID);
    }
  }

  @Test
  void describesAnExportAndStaysInTheNegotiation() throws IOException {
    try (TestClient client = client().greet()) {
      List<OptionReply> replies = client.ask(Wire.OPT_INFO, TestClient.go("b ☃", 1, 2, 3, 999));
      assertThat(replies).hasSize(5);
      ByteBuffer export = replies.get(0).data();
      assertThat(export.getShort()).isEqualTo((short) Wire.INFO_EXPORT);
      assertThat(export.getLong()).isEqualTo(100);
      assertThat(export.getShort()).isEqualTo((short) 0b1_0000_0111);
      assertThat(replies.get(1).text()).endsWith("b ☃");
      assertThat(replies.get(2).text()).endsWith("the other");
      ByteBuffer sizes = replies.get(3).data();
      assertThat(sizes.getShort()).isEqualTo((short) Wire.INFO_BLOCK_SIZE);
      assertThat(sizes.getInt()).isEqualTo(1);
      assertThat(sizes.getInt()).isEqualTo(65536);
      assertThat(sizes.getInt()).isEqualTo(32 << 20);
      await(() -> other.closed.get() == 1);
      assertThat(other.closed).hasValue(1);
      client.finalReply(Wire.OPT_STRUCTURED_REPLY);
      export = client.ask(Wire.OPT_INFO, TestClient.go("b ☃")).get(0).data();
      assertThat(export.getShort(10)).as("now with DF").isEqualTo((short) 0b1_1000_0111);
      assertThat(client.finalReply(Wire.OPT_ABORT)).isEqualTo(Wire.REP_ACK);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void theEmptyNameMeansTheOnlyExportAndNoneOfSeveral() throws IOException {
    try (TestClient client = client().greet()) {
      assertThat(client.finalReply(Wire.OPT_GO, TestClient.go(""))).isEqualTo(Wire.REP_ERR_UNKNOWN);
    }
    NbdSettings settings =
        NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (NbdServer one = NbdServer.start(settings, List.of(image.export("a/1")));
        TestClient client = new TestClient(one.address()).enter("")) {
      assertThat(client.read(0, 0, 1)).containsExactly(image.content[0]);
    }
  }

  @Test
  void anUnknownExportIsNamedInTheRefusal() throws IOException {
    try (TestClient client = client().greet()) {
      OptionReply reply = client.ask(Wire.OPT_GO, TestClient.go("c")).get(0);
      assertThat(reply.type()).isEqualTo(Wire.REP_ERR_UNKNOWN);
      assertThat(reply.text()).contains("'c'");
      assertThat(client.finalReply(Wire.OPT_GO, TestClient.go("a/1"))).isEqualTo(Wire.REP_ACK);
    }
  }

  @Test
  void anImageThatCannotBeOpenedIsTheRefusalsReason() throws IOException {
    NbdExport gone =
        new NbdExport(
            "gone",
            "",
            () -> {
              throw new StillpointException(ErrorKind.NOT_FOUND, "The point was expired", "");
            });
    NbdSettings settings =
        NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (NbdServer one = NbdServer.start(settings, List.of(gone));
        TestClient client = new TestClient(one.address()).greet()) {
      assertThat(client.ask(Wire.OPT_GO, TestClient.go("gone")).get(0).text())
          .isEqualTo("The point was expired");
    }
  }

  @Test
  void oldClientsEnterByTheName() throws IOException {
    for (int flags : new int[] {0, 1, 2, 3}) {
      try (TestClient client = client().greet(flags)) {
        client.send(Wire.OPT_EXPORT_NAME, "a/1".getBytes(UTF_8));
        assertThat(client.in.readLong()).isEqualTo(image.content.length);
        assertThat(client.in.readUnsignedShort()).isEqualTo(0b1_0000_0111);
        if ((flags & Wire.FLAG_NO_ZEROES) == 0) {
          assertThat(client.in.readNBytes(124)).containsOnly(0);
        }
        client.request(0, Wire.CMD_READ, 9, 0, 4);
        assertThat(client.simpleReply(9)).isZero();
        assertThat(client.in.readNBytes(4)).isEqualTo(Arrays.copyOf(image.content, 4));
      }
    }
    try (TestClient client = client().greet()) {
      client.send(Wire.OPT_EXPORT_NAME, (byte) 'c');
      assertThat(client.isEnded()).as("there is no other answer").isTrue();
    }
  }

  @Test
  void contextsAreListedAndSet() throws IOException {
    try (TestClient client = client().greet()) {
      byte[] allocation = TestClient.contexts("a/1", "base:allocation");
      assertThat(client.finalReply(Wire.OPT_SET_META_CONTEXT, allocation))
          .as("without structured replies")
          .isEqualTo(Wire.REP_ERR_INVALID);
      client.finalReply(Wire.OPT_STRUCTURED_REPLY);
      for (byte[] query :
          List.of(TestClient.contexts("a/1"), TestClient.contexts("a/1", "base:"), allocation)) {
        List<OptionReply> listed = client.ask(Wire.OPT_LIST_META_CONTEXT, query);
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).text()).endsWith("base:allocation");
      }
      assertThat(client.ask(Wire.OPT_SET_META_CONTEXT, allocation)).hasSize(2);
      for (byte[] query :
          List.of(
              TestClient.contexts("a/1"),
              TestClient.contexts("a/1", "base:"),
              TestClient.contexts("a/1", "qemu:dirty-bitmap:x", "base:else", "nonsense"))) {
        assertThat(client.ask(Wire.OPT_SET_META_CONTEXT, query)).as("sets nothing").hasSize(1);
      }
      assertThat(client.finalReply(Wire.OPT_SET_META_CONTEXT, TestClient.contexts("c", "base:")))
          .isEqualTo(Wire.REP_ERR_UNKNOWN);
    }
  }

  @Test
  void theContextOfAnotherExportDoesNotCount() throws IOException {
    try (TestClient client = client().greet()) {
      client.finalReply(Wire.OPT_STRUCTURED_REPLY);
      byte[] contexts = TestClient.contexts("b ☃", "base:allocation");
      client.finalReply(Wire.OPT_SET_META_CONTEXT, contexts);
      client.finalReply(Wire.OPT_GO, TestClient.go("a/1"));
      assertThat(client.error(0, Wire.CMD_BLOCK_STATUS, 0, 1)).isEqualTo(Wire.EINVAL);
    }
  }

  @Test
  void whatIsNotKnownOrNotWellFormedIsRefusedAndTheTalkGoesOn() throws IOException {
    try (TestClient client = client().greet()) {
      assertThat(client.finalReply(4711, (byte) 1, (byte) 2)).isEqualTo(Wire.REP_ERR_UNSUP);
      assertThat(client.finalReply(Wire.OPT_STARTTLS)).isEqualTo(Wire.REP_ERR_POLICY);
      assertThat(client.finalReply(Wire.OPT_STRUCTURED_REPLY, (byte) 1))
          .isEqualTo(Wire.REP_ERR_INVALID);
      byte[] good = TestClient.go("a/1", 1, 2);
      for (int cut = 0; cut < good.length; cut++) {
        assertThat(client.finalReply(Wire.OPT_GO, Arrays.copyOf(good, cut)))
            .isEqualTo(Wire.REP_ERR_INVALID);
      }
      assertThat(client.finalReply(Wire.OPT_GO, Arrays.copyOf(good, good.length + 1)))
          .isEqualTo(Wire.REP_ERR_INVALID);
      assertThat(client.finalReply(Wire.OPT_GO, new byte[] {-1, -1, -1, -1}))
          .isEqualTo(Wire.REP_ERR_INVALID);
      byte[] notText = {0, 0, 0, 1, (byte) 0xFF, 0, 0};
      assertThat(client.finalReply(Wire.OPT_GO, notText)).isEqualTo(Wire.REP_ERR_INVALID);
      assertThat(client.finalReply(Wire.OPT_GO, TestClient.go("x".repeat(4097))))
          .isEqualTo(Wire.REP_ERR_TOO_BIG);
      assertThat(client.finalReply(Wire.OPT_LIST, new byte[1 << 20]))
          .isEqualTo(Wire.REP_ERR_TOO_BIG);
      client.finalReply(Wire.OPT_STRUCTURED_REPLY);
      byte[] contexts = TestClient.contexts("a/1", "base:allocation");
      for (int cut = 0; cut < contexts.length; cut++) {
        assertThat(client.finalReply(Wire.OPT_SET_META_CONTEXT, Arrays.copyOf(contexts, cut)))
            .isEqualTo(Wire.REP_ERR_INVALID);
      }
      contexts[7] = -1;
      assertThat(client.finalReply(Wire.OPT_SET_META_CONTEXT, contexts))
          .isEqualTo(Wire.REP_ERR_INVALID);
      assertThat(client.finalReply(Wire.OPT_GO, good)).isEqualTo(Wire.REP_ACK);
    }
  }

  @Test
  void unknownFlagsAndGarbageEndTheConnection() throws IOException {
    try (TestClient client = client().greet(4)) {
      assertThat(client.isEnded()).isTrue();
    }
    try (TestClient client = client().greet()) {
      client.out.write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThat(client.isEnded()).isTrue();
    }
    stillServes();
  }

  @Test
  void aSilentOrSlowClientIsLeftAlone() throws Exception {
    try (NbdServer hasty = start(Duration.ofMillis(1500), 2);
        TestClient silent = new TestClient(hasty.address());
        TestClient slow = new TestClient(hasty.address())) {
      Thread drip =
          new Thread(
              () -> {
                try {
                  slow.greet();
                  for (int i = 0; i < 200; i++) {
                    slow.out.write(ByteBuffer.allocate(8).putLong(Wire.IHAVEOPT).get(i % 8));
                    Thread.sleep(50);
                  }
                } catch (IOException | InterruptedException expected) {
                  Thread.currentThread().interrupt();
                }
              });
      drip.start();
      assertThat(silent.isEnded()).isTrue();
      assertThat(slow.isEnded()).isTrue();
      drip.interrupt();
      drip.join();
      await(() -> hasty.connections() == 0);
      try (TestClient client = TestClient.begun(hasty.address(), c -> c.enter("a/1"))) {
        Thread.sleep(2000);
        assertThat(client.read(0, 0, 1)).as("in transmission one may idle").hasSize(1);
      }
    }
  }

  @Test
  void onlySoManyAreConnectedAtATime() throws IOException {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(client().enter("a/1"));
    }
    assertThat(image.opened).as("all share one reader").hasValue(1);
    try (TestClient ninth = client()) {
      assertThatThrownBy(ninth::greet).isInstanceOfAny(EOFException.class, IOException.class);
    }
    for (TestClient client : clients) {
      client.request(0, Wire.CMD_DISC, 0, 0, 0);
      assertThat(client.isEnded()).isTrue();
      client.close();
    }
    stillServes();
  }

  @Test
  void aThousandFastConnectsLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(server.address());
        socket.setSoLinger(i % 2 == 0, 0);
      }
    }
    stillServes();
  }

  @Test
  void noHandshakeOfNoiseBreaksIt() throws IOException {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      try (TestClient client = client().greet(random.nextInt(4))) {
        for (int i = 0; i < 10; i++) {
          byte[] data = noise(random);
          ByteBuffer option = ByteBuffer.allocate(16 + data.length).putLong(Wire.IHAVEOPT);
          boolean lies = random.nextInt(20) == 0;
          option.putInt(random.nextInt(13)).putInt(data.length + (lies ? random.nextInt(9) : 0));
          client.out.write(option.put(data).array());
        }
        client.out.write(noise(random));
      } catch (IOException ended) {
        assertThat(ended).isNotNull();
      }
    }
    stillServes();
  }

  /** Mostly something well formed with a few bytes changed. */
  private static byte[] noise(Random random) throws IOException {
    byte[] data =
        switch (random.nextInt(4)) {
          case 0 -> TestClient.go("a/1", 0, 1, 2, 3);
          case 1 -> TestClient.contexts("a/1", "base:allocation", "base:");
          case 2 -> new byte[0];
          default -> new byte[random.nextInt(100)];
        };
    for (int i = 0; i < random.nextInt(3) && data.length > 0; i++) {
      data[random.nextInt(data.length)] = (byte) random.nextInt();
    }
    return data;
  }

  @Test
  void exportsNeedNamesThatCanBeSentAndAreDifferent() {
    NbdSettings settings =
        NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    assertThatThrownBy(() -> NbdServer.start(settings, List.of())).hasMessageContaining("no disk");
    assertThatThrownBy(
            () -> NbdServer.start(settings, List.of(image.export("x"), other.export("x"))))
        .hasMessageContaining("'x'");
    for (String name : List.of("a\0b", "\ud800", "☃".repeat(1400))) {
      assertThatThrownBy(() -> image.export(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    NbdSettings settings = NbdSettings.at(server.address());
    assertThatThrownBy(() -> NbdServer.start(settings, List.of(image.export("x"))))
        .hasMessageContaining(":" + server.address().getPort())
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
  }
}
