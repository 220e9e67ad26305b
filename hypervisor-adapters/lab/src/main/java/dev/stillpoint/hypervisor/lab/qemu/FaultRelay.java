package dev.stillpoint.hypervisor.lab.qemu;

import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network before the daemon: passes bytes on as they are, so that connections can break, hang
 * and be refused without the daemon having a part in it.
 */
final class FaultRelay implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultRelay.class);
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int BACKLOG = 128;
  private static final long NEVER = Long.MAX_VALUE;

  private final LabFaults faults;
  private final Runnable takeTickets;
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Accepts connections when this returns.
   *
   * @param takeTickets called while tickets shall be taken back after so many bytes, before more
   *     bytes are passed on
   * @param port to listen at, 0 for a free one
   * @param target the daemon's port
   */
  FaultRelay(LabFaults faults, Runnable takeTickets, int port, int target) throws IOException {
    this.faults = faults;
    this.takeTickets = takeTickets;
    this.target = target;
    this.server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    start("lab-relay", this::accept);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        relay(server.accept());
      } catch (IOException e) {
        LOG.debug("the relay was closed, or the daemon is gone: a client loses its connection", e);
      }
    }
  }

  private void relay(Socket client) throws IOException {
    open.add(client);
    Socket daemon;
    try {
      daemon = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      end(client);
      throw e;
    }
    open.add(daemon);
    // A closed server may still hand out one connection that came too late. Looked at before any
    // byte passes: what is found open here, close() ends.
    if (server.isClosed()) {
      end(client);
      end(daemon);
      return;
    }
    client.setTcpNoDelay(true);
    daemon.setTcpNoDelay(true);
    AtomicLong left = new AtomicLong(NEVER);
    start("lab-relay-in", () -> pump(client, daemon, left, true));
    start("lab-relay-out", () -> pump(daemon, client, left, false));
  }

  private void pump(Socket from, Socket to, AtomicLong left, boolean requests) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (requests && faults.strikes(Switch.IMAGEIO_SILENT)) {
          // Never passed on; the connection stays until the client gives up.
          in.transferTo(OutputStream.nullOutputStream());
          return;
        }
        if (requests && faults.isOn(Switch.IMAGEIO_403_AFTER)) {
          takeTickets.run();
        }
        if (requests && left.get() == NEVER) {
          faults.strikesAfter(Switch.IMAGEIO_DROP_AFTER).ifPresent(left::set);
        }
        // Looked at once: a limit that comes with the next request is not for this answer.
        long limit = left.get();
        int passed = (int) Math.min(count, limit);
        out.write(buffer, 0, passed);
        if (limit != NEVER && left.addAndGet(-passed) <= 0) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.debug("one side is gone, and with it the connection", e);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection that is of no more use does not close", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(this::end);
  }
}
