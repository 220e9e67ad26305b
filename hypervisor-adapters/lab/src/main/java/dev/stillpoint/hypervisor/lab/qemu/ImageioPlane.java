package dev.stillpoint.hypervisor.lab.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.hypervisor.lab.block.BaseImage;
import dev.stillpoint.hypervisor.lab.block.DataPlane;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import dev.stillpoint.hypervisor.lab.block.PointInTime;
import dev.stillpoint.hypervisor.lab.block.Ticket;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;

/**
 * A host of real parts: qcow2 images with a dirty bitmap for each checkpoint, qemu-nbd, and the
 * ovirt-imageio daemon with its tickets and its idle times.
 */
public final class ImageioPlane implements DataPlane {
  /** The engine renews a ticket before it runs out; the lab's transfers are shorter. */
  private static final int TICKET_SECONDS = 3600;

  /** How a connection of the daemon ends is the engine's business, not its own. */
  private static final int NO_INACTIVITY_LIMIT_SECONDS = 3600;

  private final ImageioParts parts;
  private final LabFaults faults;
  private final InstantSource clock;
  private final Path directory;
  private final QemuHost host;
  private final String scheme;
  private final String tls;
  private final int port;
  private final Map<String, DaemonTicket> tickets = new ConcurrentHashMap<>();
  private volatile ImageioDaemon daemon;
  private volatile Optional<FaultRelay> network;

  /**
   * Serves when this returns.
   *
   * @param images where the images go
   * @param pem what to serve with; plain HTTP without
   * @param port of the data endpoint, 0 for a free one
   */
  public ImageioPlane(
      Path images,
      ImageioParts parts,
      Optional<PemFiles> pem,
      int port,
      LabFaults faults,
      InstantSource clock)
      throws IOException {
    this.parts = parts;
    this.faults = faults;
    this.clock = clock;
    // The path of a socket must not be longer than 107 bytes.
    this.directory = Files.createTempDirectory("splab");
    this.host = new QemuHost(parts, images.toAbsolutePath(), directory);
    this.scheme = pem.isPresent() ? "https" : "http";
    this.tls = pem.isPresent() ? pem.get().write(directory) : "enable = false";
    this.daemon = ImageioDaemon.start(parts.imageio(), directory, tls);
    FaultRelay relay = new FaultRelay(faults, this::takeTickets, port, daemon.port());
    this.network = Optional.of(relay);
    this.port = relay.port();
  }

  @Override
  public DiskImage create(String id, boolean cow, long sizeBytes, Optional<BaseImage> base)
      throws IOException {
    return QemuDisk.create(host, id, cow, sizeBytes, base);
  }

  @Override
  public String url() {
    return scheme + "://127.0.0.1:" + port;
  }

  @Override
  public Ticket toWrite(Ticket.Name name, DiskImage image) throws IOException {
    return add(name, order(name, "write", (QemuDisk) image), Optional.empty());
  }

  @Override
  public Ticket toRead(Ticket.Name name, DiskImage image) throws IOException {
    return add(name, order(name, "read", (QemuDisk) image), Optional.empty());
  }

  private static ObjectNode order(Ticket.Name name, String operation, QemuDisk disk)
      throws IOException {
    return order(name, operation, disk.live(), disk.sizeBytes());
  }

  @Override
  public Ticket toRead(Ticket.Name name, PointInTime view) throws IOException {
    boolean incremental = view.isIncremental();
    boolean lost = incremental && faults.strikes(LabFaults.Switch.BITMAP_MISSING);
    boolean silent = incremental && faults.strikes(LabFaults.Switch.DIRTY_404);
    QemuPointInTime point = (QemuPointInTime) view;
    NbdServer server = point.serve(lost);
    ObjectNode order = order(name, "read", server, point.sizeBytes());
    order.put("dirty", incremental && !silent);
    return add(name, order, Optional.of(server));
  }

  private static ObjectNode order(
      Ticket.Name name, String operation, NbdServer server, long sizeBytes) {
    ObjectNode order =
        JsonNodeFactory.instance
            .objectNode()
            .put("uuid", name.id())
            .put("transfer_id", name.transfer())
            .put("size", sizeBytes)
            .put("url", "nbd:unix:" + server.socket())
            .put("timeout", TICKET_SECONDS)
            .put("inactivity_timeout", NO_INACTIVITY_LIMIT_SECONDS)
            .put("dirty", false)
            .put("sparse", true);
    order.putArray("ops").add(operation);
    return order;
  }

  private Ticket add(Ticket.Name name, ObjectNode order, Optional<NbdServer> server)
      throws IOException {
    DaemonTicket ticket = new DaemonTicket(name, this, server, clock);
    try {
      reachable().add(name.id(), order);
    } catch (IOException e) {
      if (server.isPresent()) {
        server.get().kill();
      }
      throw e;
    }
    tickets.put(name.id(), ticket);
    return ticket;
  }

  private ImageioDaemon reachable() throws IOException {
    if (network.isEmpty()) {
      throw new IOException("the host is out of reach");
    }
    return daemon;
  }

  /** What the daemon tells of a ticket. */
  Optional<JsonNode> info(String id) {
    return network.isPresent() ? daemon.info(id) : Optional.empty();
  }

  /** Takes back what has moved as many bytes as the lab was told. */
  private void takeTickets() {
    OptionalLong limit = faults.limit(LabFaults.Switch.IMAGEIO_403_AFTER);
    for (DaemonTicket ticket : tickets.values()) {
      boolean over =
          limit.isPresent()
              && info(ticket.id())
                  .filter(now -> now.path("transferred").asLong() >= limit.getAsLong())
                  .isPresent();
      if (over && faults.strikes(LabFaults.Switch.IMAGEIO_403_AFTER)) {
        // Even if it is still in use, the daemon grants nothing more for it.
        daemon.remove(ticket.id());
      }
    }
  }

  /** Removes a ticket unless it is in use; whether it is gone. */
  boolean remove(DaemonTicket ticket) {
    boolean gone = network.isPresent() && daemon.remove(ticket.id());
    if (gone) {
      tickets.remove(ticket.id());
    }
    return gone;
  }

  @Override
  public synchronized void suspend() {
    try {
      if (network.isPresent()) {
        network.get().close();
        network = Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the data endpoint", e);
    }
  }

  @Override
  public synchronized void resume(boolean withTickets) throws IOException {
    suspend();
    if (!withTickets) {
      daemon.kill();
      daemon = ImageioDaemon.start(parts.imageio(), directory, tls);
    }
    network = Optional.of(new FaultRelay(faults, this::takeTickets, port, daemon.port()));
  }

  @Override
  public void close() {
    tickets.values().forEach(DaemonTicket::revoke);
    suspend();
    daemon.kill();
    FileUtils.deleteQuietly(directory.toFile());
  }
}
