package dev.stillpoint.repository.nbd;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of one client. Several threads {@link #work} on it. */
final class Transmission {

  private static final Logger LOG = LoggerFactory.getLogger(Transmission.class);

  private final Link link;
  private final Session session;
  private final ImageReader image;
  private final String export;
  private final Replies replies;
  private final Lock turn = new ReentrantLock();
  private boolean ended;

  Transmission(Link link, Session session) {
    this.link = link;
    this.session = session;
    this.image = session.lease().image();
    this.export = session.lease().owner().export().name();
    this.replies = new Replies(link.out(), session.structured());
  }

  /** Takes requests and answers them until the client has left. */
  void work() {
    Reading reading = new Reading(image, replies);
    boolean sound = false;
    try {
      for (Optional<Request> next = next(); next.isPresent(); next = next()) {
        answer(next.get(), reading);
      }
      sound = true;
    } catch (IOException e) {
      LOG.debug("Connection of client={} ends: {}", link, e.getMessage());
    } finally {
      if (!sound) {
        // Also for a defect of ours: a request that stays without an answer would hang the client.
        link.abort();
      }
    }
  }

  /** The next request that wants an answer; empty after the last. */
  private Optional<Request> next() throws IOException {
    turn.lock();
    try {
      if (ended) {
        return Optional.empty();
      }
      ended = true;
      Request request = Request.read(link.in());
      if (request.type() == Wire.CMD_DISC) {
        return Optional.empty();
      }
      if (request.type() == Wire.CMD_WRITE) {
        skipPayload(request);
      }
      ended = false;
      return Optional.of(request);
    } catch (EOFException e) {
      return Optional.empty();
    } finally {
      turn.unlock();
    }
  }

  private void skipPayload(Request request) throws IOException {
    if (request.length() > Wire.MAX_PAYLOAD_BYTES) {
      throw new ProtocolException("A write of " + request.length() + " bytes");
    }
    link.in().skipNBytes(request.length());
  }

  private void answer(Request request, Reading reading) throws IOException {
    try {
      switch (request.type()) {
        case Wire.CMD_READ -> reading.answer(request);
        case Wire.CMD_BLOCK_STATUS -> allocation(request);
        case Wire.CMD_FLUSH -> flush(request);
        case Wire.CMD_WRITE, Wire.CMD_TRIM, Wire.CMD_WRITE_ZEROES ->
            replies.error(request, Wire.EPERM, "Backups are read-only");
        default ->
            replies.error(request, Wire.EINVAL, "Command " + request.type() + " is not known here");
      }
    } catch (StillpointException e) {
      failed(request, e);
      replies.error(request, Wire.EIO, e.getMessage());
    } catch (Reading.Failure e) {
      failed(request, e.cause());
      replies.errorAt(request, Wire.EIO, e.cause().getMessage(), e.offset());
    }
  }

  private void failed(Request request, StillpointException cause) {
    LOG.warn(
        "Cannot read export={} offset={} length={}: {}",
        export,
        request.offset(),
        request.length(),
        cause.getMessage());
  }

  private void flush(Request request) throws IOException {
    if (request.offset() == 0 && request.length() == 0 && request.hasOnly(0)) {
      replies.done(request);
    } else {
      replies.error(request, Wire.EINVAL, "A flush has no offset, no length and no flags");
    }
  }

  private void allocation(Request request) throws IOException {
    if (!session.allocation()) {
      replies.error(request, Wire.EINVAL, "The context base:allocation was not chosen");
    } else if (!request.hasOnly(Wire.CMD_FLAG_REQ_ONE)
        || !request.liesWithin(image.size().bytes())) {
      replies.error(request, Wire.EINVAL, "Beyond the end, empty, or with unknown flags");
    } else {
      ByteRange part = new ByteRange(request.offset(), request.length());
      replies.allocation(request, Allocation.of(image, part, request.has(Wire.CMD_FLAG_REQ_ONE)));
    }
  }
}
