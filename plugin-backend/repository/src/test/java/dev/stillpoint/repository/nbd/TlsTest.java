package dev.stillpoint.repository.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption as it is offered, required and refused. */
class TlsTest {

  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir static Path folder;
  private static SSLContext context;
  private static SSLContext withoutKey;

  private final FakeImage image = FakeImage.ofBytes(20 * FakeImage.GRID + 512);

  @BeforeAll
  static void makeCertificate() throws IOException, GeneralSecurityException {
    Path store = folder.resolve("store.p12");
    Programs.run(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-ext",
            "bc:c",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            store.toString())
        .requireSuccess();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    withoutKey = SSLContext.getInstance("TLS");
    withoutKey.init(new KeyManager[0], trust.getTrustManagers(), null);
    Programs.run(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-exportcert",
            "-rfc",
            "-alias",
            "server",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            store.toString(),
            "-file",
            folder.resolve("ca-cert.pem").toString())
        .requireSuccess();
  }

  @AfterEach
  void everyImageThatWasOpenedIsClosed() {
    assertThat(image.closed).hasValue(image.opened.get());
  }

  private NbdServer server(NbdTls tls) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return NbdServer.start(NbdSettings.at(any).withTls(tls), List.of(image.export("disk")));
  }

  private TestClient upgraded(NbdServer server, SSLContext with) throws IOException {
    TestClient client = new TestClient(server.address()).greet();
    assertThat(client.finalReply(Wire.OPT_STARTTLS)).isEqualTo(Wire.REP_ACK);
    client.startTls(with);
    return client;
  }

  private void readEverything(TestClient client) throws IOException {
    assertThat(client.finalReply(Wire.OPT_STRUCTURED_REPLY)).isEqualTo(Wire.REP_ACK);
    assertThat(client.finalReply(Wire.OPT_GO, TestClient.go("disk"))).isEqualTo(Wire.REP_ACK);
    assertThat(client.read(0, 0, image.content.length)).isEqualTo(image.content);
    client.request(0, Wire.CMD_DISC, 0, 0, 0);
    assertThat(client.in.read()).as("TLS is shut down in good form").isEqualTo(-1);
  }

  @Test
  void whereItIsOfferedBothKindsOfClientsAreServed() throws IOException {
    try (NbdServer server = server(NbdTls.offered(context))) {
      try (TestClient client = upgraded(server, withoutKey)) {
        assertThat(client.finalReply(Wire.OPT_STARTTLS)).isEqualTo(Wire.REP_ERR_INVALID);
        readEverything(client);
      }
      try (TestClient client = new TestClient(server.address()).enter("disk")) {
        assertThat(client.read(0, 0, 5)).hasSize(5);
      }
    }
  }

  @Test
  void whereItIsRequiredNothingIsToldWithoutIt() throws IOException {
    try (NbdServer server = server(NbdTls.required(context))) {
      try (TestClient client = new TestClient(server.address()).greet()) {
        for (int option : new int[] {Wire.OPT_LIST, Wire.OPT_STRUCTURED_REPLY, 4711}) {
          assertThat(client.finalReply(option)).isEqualTo(Wire.REP_ERR_TLS_REQD);
        }
        assertThat(client.finalReply(Wire.OPT_GO, TestClient.go("disk")))
            .isEqualTo(Wire.REP_ERR_TLS_REQD);
        client.send(Wire.OPT_EXPORT_NAME, (byte) 'd');
        assertThat(client.isEnded()).isTrue();
      }
      try (TestClient client = upgraded(server, withoutKey)) {
        readEverything(client);
      }
    }
    assertThat(image.opened).hasValue(1);
  }

  @Test
  void whatWasAgreedBeforeItCountsNoMore() throws IOException {
    try (NbdServer server = server(NbdTls.offered(context));
        TestClient client = new TestClient(server.address()).greet()) {
      client.finalReply(Wire.OPT_STRUCTURED_REPLY);
      client.finalReply(Wire.OPT_STARTTLS);
      client.startTls(withoutKey);
      assertThat(client.finalReply(Wire.OPT_GO, TestClient.go("disk"))).isEqualTo(Wire.REP_ACK);
      client.request(0, Wire.CMD_READ, 1, 0, 10);
      assertThat(client.simpleReply(1)).isZero();
    }
  }

  @Test
  void whatIsSlippedInBeforeItIsNotTakenForTheClients() throws IOException {
    try (NbdServer server = server(NbdTls.offered(context));
        TestClient client = new TestClient(server.address()).greet()) {
      client.send(Wire.OPT_STARTTLS);
      client.send(Wire.OPT_ABORT);
      client.in.readNBytes(20);
      assertThatThrownBy(() -> client.startTls(withoutKey)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientWithoutTheCertificateThatIsWantedIsNotServed() throws IOException {
    try (NbdServer server = server(NbdTls.requiredWithClientCertificates(context))) {
      assertThatThrownBy(
              () -> {
                try (TestClient client = upgraded(server, withoutKey)) {
                  client.finalReply(Wire.OPT_LIST);
                }
              })
          .isInstanceOf(IOException.class);
      try (TestClient client = upgraded(server, context)) {
        readEverything(client);
      }
    }
  }

  @Test
  void aClientThatStartsItAndFallsSilentIsLeftAlone() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NbdSettings hasty =
        new NbdSettings(any, NbdTls.required(context), 2, 1, Duration.ofMillis(1500));
    try (NbdServer server = NbdServer.start(hasty, List.of(image.export("disk")));
        TestClient client =
            TestClient.begun(
                server.address(),
                c -> assertThat(c.greet().finalReply(Wire.OPT_STARTTLS)).isEqualTo(Wire.REP_ACK))) {
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void qemuReadsEveryByteThroughIt() throws IOException {
    Programs.need("qemu-img", "qemu-utils");
    try (NbdServer server = server(NbdTls.required(context))) {
      Path raw = folder.resolve("raw");
      String source =
          "driver=raw,file.driver=nbd,file.host=localhost,file.port=%d,file.export=disk%s";
      int port = server.address().getPort();
      Programs.run(
              "qemu-img",
              "convert",
              "--object",
              "tls-creds-x509,id=tls0,endpoint=client,dir=" + folder,
              "--image-opts",
              source.formatted(port, ",file.tls-creds=tls0"),
              "-O",
              "raw",
              raw.toString())
          .requireSuccess();
      assertThat(Files.readAllBytes(raw)).isEqualTo(image.content);
      Programs.Result plain =
          Programs.run("qemu-img", "info", "--image-opts", source.formatted(port, ""));
      assertThat(plain.exitCode()).isNotZero();
      assertThat(plain.output()).containsIgnoringCase("TLS");
    }
  }

  @Test
  void itCannotBeRequiredWithoutACertificate() {
    assertThatThrownBy(() -> new NbdTls(Optional.empty(), true, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NbdTls(Optional.of(context), false, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
