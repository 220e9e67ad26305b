package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabTls;
import dev.stillpoint.hypervisor.testing.RecordingJournal;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Only certificates that were trusted on purpose are accepted, by the engine and by its hosts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {

  @TempDir private static Path directory;
  private Path keys;
  private String pem = "";

  @BeforeAll
  void makeAKey() throws Exception {
    TestKey key = TestKey.make(directory);
    keys = key.keyStore();
    pem = key.pem();
  }

  @Test
  void readsADiskThroughTrustedCertificates() {
    try (LabSite site = secureSite();
        SiteSession session = connect(site, site.address().url(), pem)) {
      DiskId disk = new DiskId(site.engine.diskIds(site.stoppedVm().value()).get(0));
      SnapshotRequest request =
          new SnapshotRequest(
              UUID.randomUUID(),
              site.stoppedVm(),
              List.of(disk),
              Optional.empty(),
              Freezing.NONE,
              "test");
      try (VmSnapshot snapshot = session.snapshots().take(request, new RecordingJournal());
          DiskReader reader = snapshot.open(disk)) {
        assertThat(LabTest.readAll(reader)).hasSize(16 << 20);
      }
    }
  }

  @Test
  void asksForTheEnginesAuthorityWhenItIsNotTrusted() {
    try (LabSite site = secureSite()) {
      StillpointException e =
          LabTest.fails(
              ErrorKind.HYPERVISOR_UNAVAILABLE,
              () -> connect(site, site.address().url(), "").close());
      assertThat(e).hasMessageContaining("not trusted");
      assertThat(e.remedy()).contains("CA certificate");
    }
  }

  @Test
  void refusesACertificateForAnotherHostName() {
    try (LabSite site = secureSite()) {
      URI other = URI.create(site.engine.apiUrl().replace("127.0.0.1", "localhost"));
      StillpointException e =
          LabTest.fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> connect(site, other, pem).close());
      assertThat(e).hasMessageContaining("another host name");
    }
  }

  @Test
  void refusesTextThatIsNoCertificate() {
    try (LabSite site = secureSite()) {
      LabTest.fails(
          ErrorKind.BAD_REQUEST,
          () -> connect(site, site.address().url(), "not a certificate").close());
    }
  }

  @Test
  void saysThatAPlainPortSpeaksNoTls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread greeter = new Thread(() -> greet(plain));
      greeter.start();
      URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/ovirt-engine/api");
      OvirtConnector connector = new OvirtConnector();
      StillpointException e =
          LabTest.fails(
              ErrorKind.HYPERVISOR_UNAVAILABLE,
              () ->
                  connector
                      .connect(
                          new SiteAddress(url, "admin@internal", pem),
                          new Password("password".toCharArray()),
                          LabTest.PATIENT)
                      .close());
      greeter.join();
      assertThat(e).hasMessageContaining("does not speak TLS");
    }
  }

  private static void greet(ServerSocket plain) {
    try (Socket caller = plain.accept()) {
      caller.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n".getBytes(US_ASCII));
      // To the end of what comes: else the answer could be lost with a connection that is reset.
      caller.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LabSite secureSite() {
    try {
      Path own = Files.createTempDirectory(directory, "lab");
      return new LabSite(LabConfig.inDirectory(own).withTls(new LabTls(keys, TestKey.SECRET)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SiteSession connect(LabSite site, URI url, String trusted) {
    try (Password password = site.password()) {
      return site.connector()
          .connect(new SiteAddress(url, "admin@internal", trusted), password, LabTest.PATIENT);
    }
  }
}
