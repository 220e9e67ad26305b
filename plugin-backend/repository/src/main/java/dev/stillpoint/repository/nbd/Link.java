package dev.stillpoint.repository.nbd;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/**
 * The connection to one client, in the clear or not. {@link #abort} may be called by any thread;
 * the rest belongs to one thread until {@link #startTransmission}.
 */
final class Link implements Closeable {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** A client may idle for days, but one whose machine is gone frees its place after 2 minutes. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int KEEP_ALIVE_TRIES = 3;

  private final Socket plain;
  private Socket socket;
  private DataInputStream in = new DataInputStream(InputStream.nullInputStream());
  private DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());

  Link(Socket plain) {
    this.plain = plain;
    this.socket = plain;
  }

  void startHandshake() throws IOException {
    plain.setTcpNoDelay(true);
    plain.setKeepAlive(true);
    plain.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
    plain.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
    plain.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_TRIES);
    use(plain);
  }

  DataInputStream in() {
    return in;
  }

  /** Buffered: flush when somebody waits for it. */
  DataOutputStream out() {
    return out;
  }

  /** All that follows is encrypted. */
  void startTls(SSLContext context, boolean clientCertificates) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, InputStream.nullInputStream(), true);
    tls.setNeedClientAuth(clientCertificates);
    tls.startHandshake();
    use(tls);
  }

  /**
   * From here on input is buffered. Before, it must not be: what a man in the middle slips in
   * before TLS starts would be taken for the client's.
   */
  void startTransmission() throws IOException {
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
  }

  /** Ends the connection at once; whoever reads or writes it fails. */
  void abort() {
    try {
      plain.close();
    } catch (IOException ignored) {
      // It is of no more use either way.
    }
  }

  /** Ends the connection in good form. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public String toString() {
    return String.valueOf(plain.getRemoteSocketAddress());
  }

  private void use(Socket next) throws IOException {
    socket = next;
    in = new DataInputStream(next.getInputStream());
    out = new DataOutputStream(new BufferedOutputStream(next.getOutputStream(), BUFFER_BYTES));
  }
}
