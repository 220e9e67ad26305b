package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {

  private static final Pattern URL = Pattern.compile("nbds?://\\S+");

  @TempDir private Path directory;
  private Shell shell;
  private Path image;

  @BeforeEach
  void makeRepository() throws IOException {
    shell = new Shell(directory);
    shell.ok("init", "--reserve=none");
    image =
        Images.sparse(shell.path("größe 1.img"), 1, 80 * GRID, new ByteRange(8 * GRID, 9 * GRID));
    shell.imported(image);
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static void requireProgram(String name) throws Exception {
    int found = new ProcessBuilder("sh", "-c", "command -v " + name).start().waitFor();
    Assumptions.assumeTrue(found == 0, name + " is not installed");
  }

  private String awaitUrl() throws InterruptedException {
    for (int i = 0; i < 6000; i++) {
      Matcher url = URL.matcher(shell.out());
      if (url.find() && shell.out().contains("until Ctrl-C")) {
        return url.group();
      }
      Thread.sleep(10);
    }
    throw new AssertionError("Not serving: " + shell.out() + shell.err());
  }

  @Test
  void givesARealClientTheDiskUntilCtrlC() throws Exception {
    requireProgram("qemu-img");
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> shell.run("serve", "latest:web01", "--nbd", "127.0.0.1:0"));
    String url = awaitUrl();
    assertThat(url).endsWith("/gr%C3%B6%C3%9Fe%201.img");
    run("qemu-img", "convert", "-O", "raw", url, shell.path("copy").toString());
    assertThat(Files.mismatch(shell.path("copy"), image)).isEqualTo(-1);
    new Thread(shell::interrupt).start();
    assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(shell.json("list").path("items")).as("free for others").hasSize(1);
  }

  @Test
  void servesWithTlsWhenGivenACertificate() throws Exception {
    requireProgram("openssl");
    requireProgram("qemu-img");
    Path certificate = shell.path("server-cert.pem");
    Path key = shell.path("server-key.pem");
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    Files.copy(certificate, shell.path("ca-cert.pem"));
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    "serve",
                    "latest:web01",
                    "--nbd=127.0.0.1:0",
                    "--tls-cert=" + certificate,
                    "--tls-key=" + key));
    String url = awaitUrl();
    String port = url.replaceAll("nbds://127.0.0.1:([0-9]+)/.*", "$1");
    run(
        "qemu-img",
        "convert",
        "-O",
        "raw",
        "--object",
        "tls-creds-x509,id=tls0,endpoint=client,dir=" + directory,
        "--image-opts",
        "driver=nbd,host=127.0.0.1,port=" + port + ",tls-creds=tls0",
        shell.path("copy").toString());
    assertThat(Files.mismatch(shell.path("copy"), image)).isEqualTo(-1);
    new Thread(shell::interrupt).start();
    assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void refusesAnAddressOrCertificateThatIsNone() throws IOException {
    for (String address : new String[] {"10809", "localhost:", ":1", "::1:1", "a:99999"}) {
      shell.refused(2, "is not HOST:PORT", "serve", "latest:web01", "--nbd=" + address);
    }
    shell.refused(2, "no host nowhere.invalid", "serve", "x", "--nbd=nowhere.invalid:1");
    shell.refused(4, "192.0.2.1", "serve", "latest:web01", "--nbd=192.0.2.1:10809");
    shell.refused(3, "nix", "serve", "nix", "--nbd=127.0.0.1:0");
    Path none = Files.writeString(shell.path("none.pem"), "hello");
    shell.refused(2, "--tls-key", "serve", "x", "--nbd=127.0.0.1:0", "--tls-cert=" + none);
    shell.refused(
        2,
        "holds no certificate",
        "serve",
        "x",
        "--nbd=[::1]:0",
        "--tls-cert=" + none,
        "--tls-key=" + none);
  }
}
