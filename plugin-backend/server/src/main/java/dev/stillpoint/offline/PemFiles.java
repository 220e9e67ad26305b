package dev.stillpoint.offline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's certificate and key, from the files that every other server takes too. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PemFiles() {}

  /**
   * @throws StillpointException BAD_REQUEST naming the file that cannot be used
   */
  static SSLContext context(Path certificate, Path key) {
    Certificate[] chain = chain(certificate);
    PrivateKey secret = key(key, chain[0].getPublicKey().getAlgorithm());
    // Never leaves this process.
    char[] password = "memory".toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("server", secret, password, chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw refused(key, "does not go with the certificate " + certificate, e);
    }
  }

  private static Certificate[] chain(Path file) {
    try {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))
              .toArray(Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (GeneralSecurityException e) {
      throw refused(file, "holds no certificate", e);
    }
    throw refused(file, "holds no certificate", new IOException("It is empty"));
  }

  private static PrivateKey key(Path file, String algorithm) {
    byte[] content = bytes(file);
    try {
      Matcher pem = KEY.matcher(new String(content, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw new GeneralSecurityException("No PRIVATE KEY in it");
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } finally {
        Arrays.fill(encoded, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw refused(file, "holds no " + algorithm + " key in PKCS #8, or an encrypted one", e);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw refused(file, "cannot be read", e);
    }
  }

  private static StillpointException refused(Path file, String why, Exception cause) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        file + " " + why,
        "Give PEM files; openssl pkcs8 -topk8 -nocrypt converts a key.",
        cause);
  }
}
