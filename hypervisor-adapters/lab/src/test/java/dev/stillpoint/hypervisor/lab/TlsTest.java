package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir Path dir;

  @Test
  void bothPortsServeTheKeyAndTheEngineHandsOutItsCertificate() throws Exception {
    Path store = dir.resolve("lab.p12");
    makeKey(store);
    LabConfig config =
        LabConfig.inDirectory(dir.resolve("lab")).withTls(new LabTls(store, "changeit"));
    try (LabEngine lab = LabEngine.start(config)) {
      SSLContext trust = trusting(store);
      assertThat(lab.apiUrl()).startsWith("https://");
      assertThat(status(lab.apiUrl(), trust)).isEqualTo(401);
      assertThat(status(lab.imageUrl() + "/images/nothing", trust)).isEqualTo(403);

      String page = lab.engineUrl() + "/ovirt-engine/services/pki-resource?resource=ca-certificate";
      String pem =
          new String(open(page, trust).getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
          .isEqualTo(load(store).getCertificate("lab"));
    }
  }

  private static void makeKey(Path store) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = {
      keytool.toString(),
      "-genkeypair",
      "-alias",
      "lab",
      "-keyalg",
      "EC",
      "-dname",
      "CN=lab",
      "-ext",
      "san=ip:127.0.0.1",
      "-storetype",
      "PKCS12",
      "-storepass",
      "changeit",
      "-keystore",
      store.toString()
    };
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static KeyStore load(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    return keys;
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("lab", load(store).getCertificate("lab"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static HttpsURLConnection open(String url, SSLContext trust) throws Exception {
    URL parsed = URI.create(url).toURL();
    HttpsURLConnection connection = (HttpsURLConnection) parsed.openConnection();
    connection.setSSLSocketFactory(trust.getSocketFactory());
    return connection;
  }

  private static int status(String url, SSLContext trust) throws Exception {
    return open(url, trust).getResponseCode();
  }
}
