package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real ovirt-imageio with TLS, as every host runs it. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RealImageioTlsTest {

  private static final int MIB = 1 << 20;
  private static final int SIZE = 24 * MIB;
  private static final String SECRET = "changeit";

  @TempDir private static Path keys;
  private RealImageio imageio;
  private String pem = "";

  @BeforeAll
  static void makeAKey() throws Exception {
    Path store = keys.resolve("host.p12");
    keytool(
        store,
        "-genkeypair -alias host -keyalg EC -validity 3 -dname CN=127.0.0.1 -ext san=ip:127.0.0.1"
            + " -ext bc=ca:true -storetype PKCS12");
    keytool(store, "-exportcert -alias host -rfc -file " + keys.resolve("host.pem"));
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, SECRET.toCharArray());
    }
    byte[] key = loaded.getKey("host", SECRET.toCharArray()).getEncoded();
    Files.writeString(
        keys.resolve("host.key"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n");
  }

  private static void keytool(Path store, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storepass", SECRET, "-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  @BeforeEach
  void start() throws IOException {
    pem = Files.readString(keys.resolve("host.pem"));
    imageio = RealImageio.start(keys.resolve("host.key"), keys.resolve("host.pem"));
    imageio.run("qemu-img", "create", "-q", "-f", "qcow2", "new", Integer.toString(SIZE));
  }

  @AfterEach
  void stop() throws IOException {
    if (imageio != null) {
      imageio.close();
    }
  }

  private ImageioTicket open() throws IOException {
    imageio.serve("new", "-f", "qcow2", "new");
    return RealTickets.open(imageio.ticket("new", SIZE, "write", false), SIZE, pem);
  }

  private static StillpointException failureOf(Runnable work) {
    StillpointException failure = catchThrowableOfType(StillpointException.class, work::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void writesAndReadsBackThroughTls() throws IOException {
    byte[] data = new byte[SIZE];
    new Random(3).nextBytes(data);
    try (ImageioTicket ticket = open()) {
      ticket.write(0, ByteBuffer.wrap(data));
      ticket.zero(ByteRange.between(MIB, 2 * MIB));
      ticket.flush();
      ByteBuffer back = ByteBuffer.allocate(SIZE);
      ticket.read(0, back);
      Arrays.fill(data, MIB, 2 * MIB, (byte) 0);
      assertThat(back.array()).isEqualTo(data);
    }
  }

  @Test
  void refusesADaemonWhoseCertificateNobodyTrusts() throws IOException {
    imageio.serve("new", "-f", "qcow2", "new");
    String url = imageio.ticket("new", SIZE, "write", false);
    StillpointException failure = failureOf(() -> RealTickets.open(url, SIZE).close());
    assertThat(failure.kind()).isEqualTo(ErrorKind.HYPERVISOR_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("not trusted");
  }

  @Test
  void saysThatTheTransferHasEndedWhenItsTicketGoesInMidUpload() throws IOException {
    try (ImageioTicket ticket = open()) {
      ticket.write(0, ByteBuffer.allocate(16 * MIB));
      imageio.removeTicket("new");
      StillpointException failure = failureOf(() -> ticket.write(0, ByteBuffer.allocate(16 * MIB)));
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(ErrorKind.HYPERVISOR_REFUSED);
    }
  }

  @Test
  void endsWhenTheDaemonDiesDuringARead() throws Exception {
    imageio.run("qemu-io", "-f", "qcow2", "-c", "write -q -P 0x11 0 24M", "new");
    assertEndsWithTheDaemon(ticket -> ticket.read(0, ByteBuffer.allocate(SIZE)));
  }

  @Test
  void endsWhenTheDaemonDiesDuringAWrite() throws Exception {
    assertEndsWithTheDaemon(ticket -> ticket.write(0, ByteBuffer.allocate(SIZE)));
  }

  private void assertEndsWithTheDaemon(Consumer<ImageioTicket> work) throws Exception {
    imageio.serveSlowly("new");
    String url = imageio.ticket("new", SIZE, "write", false);
    try (ImageioTicket ticket = RealTickets.open(url, SIZE, pem)) {
      CompletableFuture<StillpointException> failure =
          CompletableFuture.supplyAsync(() -> failureOf(() -> work.accept(ticket)));
      imageio.awaitActive("new");
      imageio.killDaemon();
      assertThat(failure.get().kind()).isEqualTo(ErrorKind.HYPERVISOR_UNAVAILABLE);
      assertThat(failure.get()).hasMessageContaining("broke the connection");
    }
  }
}
