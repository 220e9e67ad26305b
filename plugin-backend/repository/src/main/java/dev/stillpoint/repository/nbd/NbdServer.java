package dev.stillpoint.repository.nbd;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.Waiter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves disk images read-only to NBD clients until it is closed. Thread-safe.
 *
 * <p>Several clients, and several connections of one, may read one export at a time. Nothing tells
 * who a client is but its certificate ({@link NbdTls}): without TLS, listen on the loopback only.
 */
public final class NbdServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NbdServer.class);
  private static final long STOP_SECONDS = 30;
  private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(100);

  private final NbdSettings settings;
  private final Exports exports;
  private final ServerSocket listener;
  private final Semaphore slots;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final Waiter waiter = Waiter.sleeping();
  private volatile boolean closed;

  private NbdServer(NbdSettings settings, Exports exports, ServerSocket listener) {
    this.settings = settings;
    this.exports = exports;
    this.listener = listener;
    this.slots = new Semaphore(settings.maxConnections());
    AtomicInteger numbers = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "nbd-" + numbers.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    this.threads = Executors.newCachedThreadPool(factory);
    this.timer = Executors.newSingleThreadScheduledExecutor(factory);
  }

  /**
   * Listens from now on. No image is opened before a client asks for it.
   *
   * @param exports one or more with different names; a single one is also the default export
   * @throws StillpointException CONFLICT when the address cannot be listened on, BAD_REQUEST when
   *     there is no export, or two have one name
   */
  public static NbdServer start(NbdSettings settings, List<NbdExport> exports) {
    requireNonNull(settings, "settings");
    Exports offered = new Exports(exports);
    NbdServer server = new NbdServer(settings, offered, listen(settings.address()));
    server.threads.execute(server::acceptAll);
    LOG.info(
        "Serving NBD address={} exports={} tls={}",
        server.address(),
        exports.size(),
        settings.tls().context().isPresent());
    return server;
  }

  private static ServerSocket listen(InetSocketAddress address) {
    try {
      ServerSocket listener = new ServerSocket();
      try {
        listener.setReuseAddress(true);
        listener.bind(address);
        return listener;
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Cannot listen on " + address + " for NBD clients: " + e.getMessage(),
          "Choose an address of this machine and a port that is free.",
          e);
    }
  }

  /** Where it listens, with the port that it has. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** How many clients are connected now. */
  int connections() {
    return links.size();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        accept(listener.accept());
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A client could not connect: {}", e.getMessage());
          // Where the process has no file left, the next one fails at once, too.
          waiter.await(AFTER_FAILED_ACCEPT);
        }
      }
    }
  }

  private void accept(Socket socket) throws IOException {
    if (!slots.tryAcquire()) {
      LOG.warn(
          "Turned away client={}: {} are connected",
          socket.getRemoteSocketAddress(),
          settings.maxConnections());
      socket.close();
      return;
    }
    Link link = new Link(socket);
    links.add(link);
    try {
      threads.execute(() -> serve(link));
    } catch (RejectedExecutionException e) {
      LOG.debug("Client={} came when the server was being closed", link);
      forget(link);
    }
  }

  private void forget(Link link) {
    link.abort();
    // First, so that nobody is turned away where no connection is counted any more.
    slots.release();
    links.remove(link);
  }

  private void serve(Link link) {
    try {
      Optional<Session> session = handshake(link);
      if (session.isPresent()) {
        transmit(link, session.get());
      }
      link.close();
    } catch (IOException | RejectedExecutionException e) {
      LOG.debug("Connection of client={} ends: {}", link, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Serving client={} failed unexpectedly", link, e);
    } finally {
      forget(link);
    }
  }

  private Optional<Session> handshake(Link link) throws IOException {
    Future<?> timeout =
        timer.schedule(link::abort, settings.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    try {
      return new Handshake(link, exports, settings.tls()).run();
    } finally {
      timeout.cancel(false);
    }
  }

  private void transmit(Link link, Session session) throws IOException {
    try (session) {
      LOG.info("Serving export={} client={}", session.lease().owner().export().name(), link);
      link.startTransmission();
      Transmission transmission = new Transmission(link, session);
      CompletableFuture<?>[] workers =
          IntStream.range(0, settings.requestsPerConnection())
              .mapToObj(i -> CompletableFuture.runAsync(transmission::work, threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(workers).join();
    }
  }

  /** Ends all connections, then closes the images that are open. */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      LOG.warn("The NBD listener did not close cleanly: {}", e.getMessage());
    }
    threads.shutdown();
    timer.shutdownNow();
    links.forEach(Link::abort);
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} NBD connections did not end in {} s", links.size(), STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
