package dev.stillpoint.hypervisor.ovirt.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are accepted. Host names are verified all the same. */
public final class Trust {

  private Trust() {}

  /**
   * @param pem one or more PEM certificates of authorities; empty: those the Java runtime trusts
   * @throws StillpointException BAD_REQUEST when the text holds no certificate
   */
  public static SSLContext context(String pem) {
    try {
      if (pem.isBlank()) {
        return SSLContext.getDefault();
      }
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      int number = 0;
      for (Certificate certificate : parse(pem)) {
        authorities.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The trusted certificates of the site cannot be used: " + e.getMessage(),
          "Paste the engine's CA certificate as PEM text, -----BEGIN CERTIFICATE----- included",
          e);
    }
  }

  private static Collection<? extends Certificate> parse(String pem) throws CertificateException {
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    if (found.isEmpty()) {
      throw new CertificateException("there is no PEM certificate in the text");
    }
    return found;
  }
}
