package dev.stillpoint.hypervisor.ovirt.imageio;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ticket that outlives a restart of its host, or of the daemon there: what fails in such a way is
 * done again on a new ticket. Thread-safe.
 */
public final class LastingTicket implements AutoCloseable {

  /** A host that goes away more often than this during one disk is no host to rely on. */
  private static final int MOST_RENEWALS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LastingTicket.class);

  private final String image;
  private final Supplier<ImageioTicket> renewal;
  private volatile ImageioTicket current;
  private int renewals;

  /** Why it could not be renewed. */
  private Optional<StillpointException> end = Optional.empty();

  private boolean closed;

  /**
   * @param image its name for the log
   * @param first open; owned from here on
   * @param renewal brings the transfer back to life and opens it; throws when that cannot be
   */
  public LastingTicket(String image, ImageioTicket first, Supplier<ImageioTicket> renewal) {
    this.image = image;
    this.current = first;
    this.renewal = renewal;
  }

  /**
   * @param work must leave no trace when it fails, for it is repeated
   */
  public <T> T use(Function<ImageioTicket, T> work) {
    while (true) {
      ImageioTicket ticket = current;
      try {
        return work.apply(ticket);
      } catch (StillpointException e) {
        if (ticket == current && !isRestart(e)) {
          throw e;
        }
        renew(ticket, e);
      } catch (IllegalStateException e) {
        // Another thread may have closed this ticket's connections, to renew it.
        if (!isReplaced(ticket)) {
          throw e;
        }
      }
    }
  }

  public void run(Consumer<ImageioTicket> work) {
    use(
        ticket -> {
          work.accept(ticket);
          return true;
        });
  }

  /**
   * Silence is one too: a host that dies closes no connections. Whether there is anything to go on
   * with only the engine and the next answer of the host tell.
   */
  private static boolean isRestart(StillpointException e) {
    if (e instanceof TransferEndedException) {
      return true;
    }
    Throwable cause = e.getCause();
    return e.kind() == ErrorKind.HYPERVISOR_UNAVAILABLE
        && cause != null
        && !(cause instanceof SSLException);
  }

  /** Waits for a renewal that is under way. */
  private synchronized boolean isReplaced(ImageioTicket ticket) {
    if (end.isPresent()) {
      throw end.get();
    }
    return current != ticket;
  }

  private synchronized void renew(ImageioTicket broken, StillpointException why) {
    if (isReplaced(broken)) {
      return;
    }
    if (closed || renewals == MOST_RENEWALS) {
      throw why;
    }
    renewals++;
    LOG.warn("{} lost its transfer, which is taken up again: {}", image, why.getMessage());
    broken.close();
    try {
      current = renewal.get();
    } catch (StillpointException e) {
      why.addSuppressed(e);
      LOG.warn("the transfer of {} cannot be taken up again: {}", image, e.getMessage());
      end = Optional.of(why);
      throw why;
    }
  }

  /** Whether the transfer was ever taken up again: what was not flushed by then may be lost. */
  public synchronized boolean wasRenewed() {
    return renewals > 0;
  }

  @Override
  public synchronized void close() {
    closed = true;
    current.close();
  }
}
