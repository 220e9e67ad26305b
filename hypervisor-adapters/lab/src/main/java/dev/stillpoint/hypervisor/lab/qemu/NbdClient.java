package dev.stillpoint.hypervisor.lab.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A plain NBD connection to a qemu-nbd of the lab, one request at a time: the disk as its guest
 * holds it. After the NBD protocol's specification, "fixed newstyle". For one thread at a time.
 */
final class NbdClient implements Closeable {
  /** The most that one request moves. */
  static final int MAX_BYTES = 1 << 20;

  private static final long MAGIC = 0x4e42444d41474943L;
  private static final long OPTION_MAGIC = 0x49484156454f5054L;
  private static final int EXPORT_NAME = 1;
  private static final int NO_ZEROES = 2;
  private static final int FIXED_NEWSTYLE = 1;
  private static final int REQUEST_MAGIC = 0x25609513;
  private static final int REPLY_MAGIC = 0x67446698;
  private static final short READ = 0;
  private static final short WRITE = 1;
  private static final short DISCONNECT = 2;

  private final SocketChannel channel;
  private final ByteBuffer request = ByteBuffer.allocate(28);
  private final ByteBuffer reply = ByteBuffer.allocate(16);
  private long handle;

  private NbdClient(SocketChannel channel) {
    this.channel = channel;
  }

  static NbdClient connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    NbdClient client = new NbdClient(channel);
    try {
      client.greet();
      return client;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void greet() throws IOException {
    ByteBuffer hello = readFully(ByteBuffer.allocate(18));
    if (hello.getLong() != MAGIC || hello.getLong() != OPTION_MAGIC) {
      throw new IOException("qemu-nbd does not greet as an NBD server does");
    }
    ByteBuffer answer = ByteBuffer.allocate(20);
    answer.putInt(FIXED_NEWSTYLE | NO_ZEROES);
    answer.putLong(OPTION_MAGIC).putInt(EXPORT_NAME).putInt(0);
    writeFully(answer.flip());
    // The size and the flags of the export, which the lab knows.
    readFully(ByteBuffer.allocate(10));
  }

  /** Reads a range of at most {@link #MAX_BYTES}. */
  void read(long offset, ByteBuffer into) throws IOException {
    send(READ, offset, into.remaining());
    expectReply();
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new IOException("qemu-nbd ended in the middle of an answer");
      }
    }
  }

  /** Writes a range of at most {@link #MAX_BYTES}. */
  void write(long offset, ByteBuffer from) throws IOException {
    send(WRITE, offset, from.remaining());
    writeFully(from);
    expectReply();
  }

  private void send(short command, long offset, int length) throws IOException {
    request.clear().putInt(REQUEST_MAGIC).putShort((short) 0).putShort(command);
    request.putLong(++handle).putLong(offset).putInt(length);
    writeFully(request.flip());
  }

  private void expectReply() throws IOException {
    readFully(reply.clear());
    int magic = reply.getInt();
    int error = reply.getInt();
    if (magic != REPLY_MAGIC || reply.getLong() != handle) {
      throw new IOException("qemu-nbd does not answer what it was asked");
    }
    if (error != 0) {
      throw new IOException("qemu-nbd answers with error " + error);
    }
  }

  private ByteBuffer readFully(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new IOException("qemu-nbd closed the connection");
      }
    }
    return into.flip();
  }

  private void writeFully(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      send(DISCONNECT, 0, 0);
    }
  }
}
