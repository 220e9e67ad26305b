package dev.stillpoint.repository.nbd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that does as it is told, also what no client should do. */
final class TestClient implements Closeable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket plain;
  private Socket socket;
  DataInputStream in;
  DataOutputStream out;

  TestClient(InetSocketAddress server) {
    try {
      plain = new Socket(server.getAddress(), server.getPort());
      plain.setSoTimeout(TIMEOUT_MILLIS);
      use(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins in the short time that a hasty server gives: where a machine stalls, try by try. */
  static TestClient begun(InetSocketAddress server, Beginning beginning) throws IOException {
    for (int tries = 1; ; tries++) {
      TestClient client = new TestClient(server);
      try {
        beginning.with(client);
        return client;
      } catch (IOException tooSlow) {
        client.close();
        if (tries == 20) {
          throw tooSlow;
        }
      }
    }
  }

  /** What a client does first. */
  interface Beginning {
    void with(TestClient client) throws IOException;
  }

  /** An option's reply. */
  record OptionReply(int option, int type, ByteBuffer data) {
    String text() {
      return UTF_8.decode(data.duplicate()).toString();
    }
  }

  /** A structured chunk, or a simple reply as type -1 with the error in its data. */
  record Chunk(boolean last, int type, long cookie, ByteBuffer data) {}

  /** Says hello as every modern client does. */
  TestClient greet() throws IOException {
    return greet(Wire.FLAG_FIXED_NEWSTYLE | Wire.FLAG_NO_ZEROES);
  }

  TestClient greet(int flags) throws IOException {
    in.readLong();
    in.readLong();
    in.readUnsignedShort();
    out.writeInt(flags);
    return this;
  }

  void send(int option, byte... data) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16 + data.length);
    bytes.putLong(Wire.IHAVEOPT).putInt(option).putInt(data.length).put(data);
    out.write(bytes.array());
  }

  /** Sends an option and gives back all replies up to the final one. */
  List<OptionReply> ask(int option, byte... data) throws IOException {
    send(option, data);
    List<OptionReply> replies = new ArrayList<>();
    do {
      replies.add(optionReply());
    } while (replies.get(replies.size() - 1).type() > 0 && !isFinal(replies));
    return replies;
  }

  /** The type of the final reply. */
  int finalReply(int option, byte... data) throws IOException {
    List<OptionReply> replies = ask(option, data);
    return replies.get(replies.size() - 1).type();
  }

  private static boolean isFinal(List<OptionReply> replies) {
    return replies.get(replies.size() - 1).type() == Wire.REP_ACK;
  }

  private OptionReply optionReply() throws IOException {
    long magic = in.readLong();
    if (magic != Wire.OPTION_REPLY_MAGIC) {
      throw new IOException("No reply: " + Long.toHexString(magic));
    }
    int option = in.readInt();
    int type = in.readInt();
    return new OptionReply(option, type, ByteBuffer.wrap(in.readNBytes(in.readInt())));
  }

  static byte[] go(String name, int... requests) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    byte[] text = name.getBytes(UTF_8);
    data.writeInt(text.length);
    data.write(text);
    data.writeShort(requests.length);
    for (int request : requests) {
      data.writeShort(request);
    }
    return bytes.toByteArray();
  }

  static byte[] contexts(String name, String... queries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(name.getBytes(UTF_8).length);
    data.write(name.getBytes(UTF_8));
    data.writeInt(queries.length);
    for (String query : queries) {
      data.writeInt(query.getBytes(UTF_8).length);
      data.write(query.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Enters transmission with structured replies and block status. */
  TestClient enter(String name) throws IOException {
    greet();
    require(finalReply(Wire.OPT_STRUCTURED_REPLY));
    require(finalReply(Wire.OPT_SET_META_CONTEXT, contexts(name, Handshake.ALLOCATION)));
    require(finalReply(Wire.OPT_GO, go(name)));
    return this;
  }

  /** Enters transmission as old clients do. */
  TestClient enterSimple(String name) throws IOException {
    greet();
    require(finalReply(Wire.OPT_GO, go(name)));
    return this;
  }

  private static void require(int reply) throws IOException {
    if (reply != Wire.REP_ACK) {
      throw new IOException("Refused: " + Integer.toHexString(reply));
    }
  }

  void startTls(SSLContext context) throws IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, true);
    tls.startHandshake();
    use(tls);
  }

  void request(int flags, int type, long cookie, long offset, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(28);
    bytes.putInt(Wire.REQUEST_MAGIC).putShort((short) flags).putShort((short) type);
    bytes.putLong(cookie).putLong(offset).putInt((int) length);
    out.write(bytes.array());
  }

  /** One chunk of a structured reply. */
  Chunk chunk() throws IOException {
    int magic = in.readInt();
    if (magic != Wire.STRUCTURED_REPLY_MAGIC) {
      throw new IOException("No structured reply: " + Integer.toHexString(magic));
    }
    int flags = in.readUnsignedShort();
    int type = in.readUnsignedShort();
    long cookie = in.readLong();
    return new Chunk(
        (flags & Wire.REPLY_FLAG_DONE) != 0,
        type,
        cookie,
        ByteBuffer.wrap(in.readNBytes(in.readInt())));
  }

  /** The error of a structured reply that is nothing but an error. */
  int error(int flags, int type, long offset, long length) throws IOException {
    request(flags, type, 77, offset, length);
    Chunk chunk = chunk();
    if (chunk.type() != Wire.REPLY_ERROR || !chunk.last() || chunk.cookie() != 77) {
      throw new IOException("No error: " + chunk);
    }
    return chunk.data().getInt();
  }

  /** A whole structured read, put together. */
  byte[] read(int flags, long offset, int length) throws IOException {
    request(flags, Wire.CMD_READ, offset, offset, length);
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 0xEE);
    int filled = 0;
    Chunk chunk;
    do {
      chunk = chunk();
      int at = (int) (chunk.data().getLong() - offset);
      if (chunk.type() == Wire.REPLY_OFFSET_HOLE) {
        int hole = chunk.data().getInt();
        Arrays.fill(content, at, at + hole, (byte) 0);
        filled += hole;
      } else if (chunk.type() == Wire.REPLY_OFFSET_DATA) {
        filled += chunk.data().remaining();
        chunk.data().get(content, at, chunk.data().remaining());
      } else {
        throw new IOException("Not content: " + chunk);
      }
    } while (!chunk.last());
    if (filled != length) {
      throw new IOException("Got " + filled + " of " + length + " bytes");
    }
    return content;
  }

  /** The error of a simple reply; on success the data follow. */
  int simpleReply(long cookie) throws IOException {
    int magic = in.readInt();
    int error = in.readInt();
    long got = in.readLong();
    if (magic != Wire.SIMPLE_REPLY_MAGIC || got != cookie) {
      throw new IOException("No simple reply: " + Integer.toHexString(magic));
    }
    return error;
  }

  /** Whether the server has ended the connection; reads away what it sent before. */
  boolean isEnded() throws IOException {
    try {
      in.readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void use(Socket next) throws IOException {
    socket = next;
    in = new DataInputStream(next.getInputStream());
    out = new DataOutputStream(next.getOutputStream());
  }
}
