package dev.stillpoint.hypervisor.lab;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stillpoint.hypervisor.lab.qemu.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Opens ports on the loopback. */
final class HttpServers {
  private static final int BACKLOG = 128;

  private final Optional<KeyStore> keys;
  private final Optional<LabTls> tls;

  HttpServers(Optional<LabTls> tls) throws IOException {
    this.tls = tls;
    this.keys = tls.isPresent() ? Optional.of(load(tls.get())) : Optional.empty();
    // Without it each small answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static KeyStore load(LabTls tls) throws IOException {
    try (InputStream in = Files.newInputStream(tls.keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, tls.password().toCharArray());
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read the key store " + tls.keyStore(), e);
    }
  }

  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  HttpServer open(int port, Executor executor) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server;
    if (keys.isPresent()) {
      HttpsServer secure = HttpsServer.create(address, BACKLOG);
      secure.setHttpsConfigurator(new HttpsConfigurator(context(keys.get())));
      server = secure;
    } else {
      server = HttpServer.create(address, BACKLOG);
    }
    server.setExecutor(executor);
    return server;
  }

  private SSLContext context(KeyStore store) throws IOException {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, tls.orElseThrow().password().toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the key in " + tls.orElseThrow().keyStore(), e);
    }
  }

  /** The key and the certificate that are served with, as another program reads them. */
  Optional<PemFiles> pemFiles() throws IOException {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    try {
      String alias = keys.get().aliases().nextElement();
      char[] password = tls.orElseThrow().password().toCharArray();
      StringBuilder chain = new StringBuilder();
      for (Certificate one : keys.get().getCertificateChain(alias)) {
        chain.append(pem("CERTIFICATE", one.getEncoded()));
      }
      byte[] key = keys.get().getKey(alias, password).getEncoded();
      return Optional.of(new PemFiles(pem("PRIVATE KEY", key), chain.toString()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the key store has no usable key", e);
    }
  }

  private static String pem(String what, byte[] content) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
  }

  /** The certificate to trust, the last of the key's chain, as PEM. */
  Optional<String> caPem() throws IOException {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = keys.get().getCertificateChain(keys.get().aliases().nextElement());
      return Optional.of(pem("CERTIFICATE", chain[chain.length - 1].getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the key store has no usable certificate", e);
    }
  }
}
