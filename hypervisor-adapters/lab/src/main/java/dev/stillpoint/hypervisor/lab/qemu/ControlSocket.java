package dev.stillpoint.hypervisor.lab.qemu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HTTP over the daemon's control socket, one connection for each request. */
final class ControlSocket {
  private final Path socket;

  /** What the daemon answers. */
  record Reply(int status, String body) {}

  ControlSocket(Path socket) {
    this.socket = socket;
  }

  Reply send(String method, String path, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      write(channel, head.getBytes(StandardCharsets.US_ASCII));
      write(channel, content);
      return parsed(read(channel));
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static String read(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (!isComplete(all.toString(StandardCharsets.UTF_8)) && channel.read(buffer.clear()) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** The daemon may keep the connection open whatever it was asked. */
  private static boolean isComplete(String answer) {
    int head = answer.indexOf("\r\n\r\n");
    return head >= 0
        && answer.length() - head - 4
            >= Integer.parseInt(
                answer.substring(0, head).replaceAll("(?is).*content-length: *(\\d+).*|.+", "0$1"));
  }

  private static Reply parsed(String answer) throws IOException {
    int head = answer.indexOf("\r\n\r\n");
    if (head < 0) {
      throw new IOException("the daemon's control socket gives no answer");
    }
    return new Reply(Integer.parseInt(answer.substring(9, 12)), answer.substring(head + 4));
  }
}
