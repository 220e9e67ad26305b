package dev.stillpoint.repository.nbd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Repository;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fixed newstyle negotiation with one client. One thread. */
final class Handshake {

  /** The context that we know, and the number by which we call it. */
  static final String ALLOCATION = "base:allocation";

  static final int ALLOCATION_ID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

  /** Room for the longest name and a few hundred queries. */
  private static final int MAX_OPTION_BYTES = 64 * 1024;

  private static final int PADDING_BYTES = 124;

  private final Link link;
  private final Exports exports;
  private final NbdTls tls;

  private boolean fixed;
  private boolean zeroes;
  private boolean encrypted;
  private boolean structured;

  /** Whose holes the client may ask for. */
  private Optional<SharedImage> mapped = Optional.empty();

  Handshake(Link link, Exports exports, NbdTls tls) {
    this.link = link;
    this.exports = exports;
    this.tls = tls;
  }

  /**
   * Haggles until the client has chosen an export; empty when it takes its leave.
   *
   * @throws IOException when the connection breaks, or must for what the client did
   */
  Optional<Session> run() throws IOException {
    link.startHandshake();
    greet();
    while (true) {
      Option option = next();
      if (option.code() == Wire.OPT_EXPORT_NAME) {
        return Optional.of(enterByName(option));
      }
      if (option.code() == Wire.OPT_ABORT) {
        reply(option, Wire.REP_ACK);
        link.out().flush();
        return Optional.empty();
      }
      try {
        Optional<Session> session = answer(option);
        if (session.isPresent()) {
          return session;
        }
        link.out().flush();
      } catch (RefusedOption e) {
        reply(option, e.replyType(), NbdText.message(e.getMessage()));
        link.out().flush();
      }
    }
  }

  private void greet() throws IOException {
    DataOutputStream out = link.out();
    out.writeLong(Wire.NBDMAGIC);
    out.writeLong(Wire.IHAVEOPT);
    out.writeShort(Wire.FLAG_FIXED_NEWSTYLE | Wire.FLAG_NO_ZEROES);
    out.flush();
    int flags = link.in().readInt();
    if ((flags & ~(Wire.FLAG_FIXED_NEWSTYLE | Wire.FLAG_NO_ZEROES)) != 0) {
      throw new ProtocolException("Unknown client flags " + Integer.toHexString(flags));
    }
    fixed = (flags & Wire.FLAG_FIXED_NEWSTYLE) != 0;
    zeroes = (flags & Wire.FLAG_NO_ZEROES) == 0;
  }

  /** Reads options until one has a length that we take. */
  private Option next() throws IOException {
    DataInputStream in = link.in();
    while (true) {
      long magic = in.readLong();
      if (magic != Wire.IHAVEOPT) {
        throw new ProtocolException("Not the start of an option: " + Long.toHexString(magic));
      }
      int code = in.readInt();
      long length = Integer.toUnsignedLong(in.readInt());
      if (length <= MAX_OPTION_BYTES) {
        byte[] data = new byte[(int) length];
        in.readFully(data);
        return new Option(code, ByteBuffer.wrap(data));
      }
      if (code == Wire.OPT_EXPORT_NAME) {
        throw new ProtocolException("A name of " + length + " bytes");
      }
      in.skipNBytes(length);
      Option tooBig = new Option(code, ByteBuffer.allocate(0));
      reply(tooBig, Wire.REP_ERR_TOO_BIG, NbdText.message(length + " bytes are too many"));
      link.out().flush();
    }
  }

  private Optional<Session> answer(Option option) throws IOException, RefusedOption {
    if (tls.required() && !encrypted && option.code() != Wire.OPT_STARTTLS) {
      throw new RefusedOption(Wire.REP_ERR_TLS_REQD, "This server wants TLS");
    }
    switch (option.code()) {
      case Wire.OPT_LIST -> list(option);
      case Wire.OPT_STARTTLS -> startTls(option);
      case Wire.OPT_INFO -> describe(option).close();
      case Wire.OPT_GO -> {
        return Optional.of(describe(option));
      }
      case Wire.OPT_STRUCTURED_REPLY -> {
        option.requireEmpty();
        structured = true;
        reply(option, Wire.REP_ACK);
      }
      case Wire.OPT_LIST_META_CONTEXT, Wire.OPT_SET_META_CONTEXT -> contexts(option);
      default ->
          throw new RefusedOption(
              Wire.REP_ERR_UNSUP, "Option " + option.code() + " is not known here");
    }
    return Optional.empty();
  }

  /** This option has no answer but the export's description, or the connection's end. */
  private Session enterByName(Option option) throws IOException {
    if (tls.required() && !encrypted) {
      throw new ProtocolException("A client without TLS asks for an export");
    }
    Session session = openOrEnd(option);
    return told(
        session,
        () -> {
          link.out().writeLong(session.lease().image().size().bytes());
          link.out().writeShort(transmissionFlags());
          link.out().write(new byte[zeroes ? PADDING_BYTES : 0]);
        });
  }

  private Session openOrEnd(Option option) throws IOException {
    try {
      return open(find(option.wholeAsName()));
    } catch (RefusedOption e) {
      throw new ProtocolException(e.getMessage());
    }
  }

  /** Answers, and gives the image back when that fails. */
  private Session told(Session session, Telling telling) throws IOException {
    boolean told = false;
    try {
      telling.run();
      link.out().flush();
      told = true;
      return session;
    } finally {
      if (!told) {
        session.close();
      }
    }
  }

  /** Writes to the client. */
  private interface Telling {
    void run() throws IOException;
  }

  private void list(Option option) throws IOException, RefusedOption {
    option.requireEmpty();
    for (SharedImage image : exports.all()) {
      byte[] name = image.export().name().getBytes(UTF_8);
      byte[] description = image.export().description().getBytes(UTF_8);
      ByteBuffer data = ByteBuffer.allocate(4 + name.length + description.length);
      reply(option, Wire.REP_SERVER, data.putInt(name.length).put(name).put(description).array());
    }
    reply(option, Wire.REP_ACK);
  }

  private void startTls(Option option) throws IOException, RefusedOption {
    option.requireEmpty();
    if (encrypted) {
      throw RefusedOption.invalid("TLS has started already");
    }
    if (tls.context().isEmpty() || !fixed) {
      throw new RefusedOption(Wire.REP_ERR_POLICY, "This server was started without TLS");
    }
    reply(option, Wire.REP_ACK);
    link.out().flush();
    link.startTls(tls.context().get(), tls.clientCertificates());
    encrypted = true;
    structured = false;
    mapped = Optional.empty();
  }

  /** Answers INFO and GO. */
  private Session describe(Option option) throws IOException, RefusedOption {
    Option.Info asked = option.info();
    Session session = open(find(asked.export()));
    return told(session, () -> describe(option, asked, session));
  }

  private void describe(Option option, Option.Info asked, Session session) throws IOException {
    NbdExport export = session.lease().owner().export();
    ByteBuffer size = ByteBuffer.allocate(10).putLong(session.lease().image().size().bytes());
    info(option, Wire.INFO_EXPORT, size.putShort((short) transmissionFlags()).array());
    if (asked.requests().contains(Wire.INFO_NAME)) {
      info(option, Wire.INFO_NAME, export.name().getBytes(UTF_8));
    }
    if (asked.requests().contains(Wire.INFO_DESCRIPTION)) {
      info(option, Wire.INFO_DESCRIPTION, export.description().getBytes(UTF_8));
    }
    if (asked.requests().contains(Wire.INFO_BLOCK_SIZE)) {
      ByteBuffer sizes = ByteBuffer.allocate(12).putInt(1).putInt(Repository.GRID_BYTES);
      info(option, Wire.INFO_BLOCK_SIZE, sizes.putInt(Wire.MAX_PAYLOAD_BYTES).array());
    }
    reply(option, Wire.REP_ACK);
  }

  private void contexts(Option option) throws IOException, RefusedOption {
    boolean set = option.code() == Wire.OPT_SET_META_CONTEXT;
    if (set) {
      mapped = Optional.empty();
    }
    if (!structured) {
      throw RefusedOption.invalid("Structured replies come first");
    }
    Option.Contexts asked = option.contexts();
    SharedImage image = find(asked.export());
    List<String> queries = asked.queries();
    if (queries.contains(ALLOCATION)
        || (!set && (queries.isEmpty() || queries.contains("base:")))) {
      ByteBuffer id = ByteBuffer.allocate(4 + ALLOCATION.length()).putInt(set ? ALLOCATION_ID : 0);
      reply(option, Wire.REP_META_CONTEXT, id.put(ALLOCATION.getBytes(UTF_8)).array());
      mapped = set ? Optional.of(image) : mapped;
    }
    reply(option, Wire.REP_ACK);
  }

  private SharedImage find(String name) throws RefusedOption {
    return exports
        .find(name)
        .orElseThrow(
            () ->
                new RefusedOption(
                    Wire.REP_ERR_UNKNOWN,
                    name.isEmpty()
                        ? "This server has several exports: name one"
                        : "There is no export '" + name + "'"));
  }

  private Session open(SharedImage image) throws RefusedOption {
    try {
      boolean allocation = mapped.isPresent() && mapped.get() == image;
      return new Session(image.acquire(), structured, allocation);
    } catch (StillpointException e) {
      LOG.warn("Cannot open export={}: {}", image.export().name(), e.getMessage());
      throw new RefusedOption(Wire.REP_ERR_UNKNOWN, e.getMessage());
    }
  }

  private int transmissionFlags() {
    return Wire.TRANSMIT_HAS_FLAGS
        | Wire.TRANSMIT_READ_ONLY
        | Wire.TRANSMIT_SEND_FLUSH
        | Wire.TRANSMIT_CAN_MULTI_CONN
        | (structured ? Wire.TRANSMIT_SEND_DF : 0);
  }

  private void info(Option option, int type, byte[] data) throws IOException {
    ByteBuffer typed = ByteBuffer.allocate(2 + data.length).putShort((short) type);
    reply(option, Wire.REP_INFO, typed.put(data).array());
  }

  private void reply(Option option, int type, byte... data) throws IOException {
    DataOutputStream out = link.out();
    out.writeLong(Wire.OPTION_REPLY_MAGIC);
    out.writeInt(option.code());
    out.writeInt(type);
    out.writeInt(data.length);
    out.write(data);
  }
}
