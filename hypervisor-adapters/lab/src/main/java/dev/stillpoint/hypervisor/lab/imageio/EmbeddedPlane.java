package dev.stillpoint.hypervisor.lab.imageio;

import com.sun.net.httpserver.HttpServer;
import dev.stillpoint.hypervisor.lab.block.BaseImage;
import dev.stillpoint.hypervisor.lab.block.DataPlane;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import dev.stillpoint.hypervisor.lab.block.DiskSnapshot;
import dev.stillpoint.hypervisor.lab.block.ImageView;
import dev.stillpoint.hypervisor.lab.block.MissingBitmapException;
import dev.stillpoint.hypervisor.lab.block.PointInTime;
import dev.stillpoint.hypervisor.lab.block.Ticket;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;

/** A host inside the lab: disks of {@code block}, served by the lab's own data endpoint. */
public final class EmbeddedPlane implements DataPlane {
  /** Opens a server on a port of the loopback, 0 for a free one; it is not started yet. */
  public interface Ports {
    HttpServer open(int port) throws IOException;
  }

  private final Path directory;
  private final String scheme;
  private final Ports ports;
  private final LabFaults faults;
  private final InstantSource clock;
  private final Tickets tickets = new Tickets();
  private final int port;
  private HttpServer server;

  /**
   * Serves when this returns.
   *
   * @param directory where the disks' files go
   */
  public EmbeddedPlane(
      Path directory, String scheme, Ports ports, int port, LabFaults faults, InstantSource clock)
      throws IOException {
    this.directory = directory;
    this.scheme = scheme;
    this.ports = ports;
    this.faults = faults;
    this.clock = clock;
    this.server = serve(port);
    this.port = server.getAddress().getPort();
  }

  private HttpServer serve(int wanted) throws IOException {
    HttpServer opened = ports.open(wanted);
    opened.createContext("/", new ImageServer(tickets, faults));
    opened.start();
    return opened;
  }

  @Override
  public DiskImage create(String id, boolean cow, long sizeBytes, Optional<BaseImage> base)
      throws IOException {
    Path file = directory.resolve(id + ".img");
    return base.isPresent()
        ? VirtualDisk.over(base.get(), file)
        : VirtualDisk.empty(file, sizeBytes);
  }

  @Override
  public String url() {
    return scheme + "://127.0.0.1:" + port;
  }

  @Override
  public Ticket toWrite(Ticket.Name name, DiskImage image) throws IOException {
    VirtualDisk disk = (VirtualDisk) image;
    return add(name, disk, Optional.of(disk), Optional.empty());
  }

  @Override
  public Ticket toRead(Ticket.Name name, DiskImage image) throws IOException {
    return add(name, (VirtualDisk) image, Optional.empty(), Optional.empty());
  }

  @Override
  public Ticket toRead(Ticket.Name name, PointInTime view) throws IOException {
    if (view.isIncremental() && faults.strikes(LabFaults.Switch.BITMAP_MISSING)) {
      throw new MissingBitmapException("the bitmap is missing because the lab was told so");
    }
    DiskSnapshot snapshot = (DiskSnapshot) view;
    boolean lies = view.isIncremental() && faults.strikes(LabFaults.Switch.BITMAP_LIES);
    return add(
        name,
        snapshot,
        Optional.empty(),
        snapshot.dirty().map(changed -> lies ? new BitSet() : changed));
  }

  private Ticket add(
      Ticket.Name name, ImageView image, Optional<VirtualDisk> writable, Optional<BitSet> dirty)
      throws IOException {
    if (tickets.areHidden()) {
      throw new IOException("the host is out of reach");
    }
    HeldTicket ticket =
        new HeldTicket(name, new HeldTicket.Content(image, writable, dirty), tickets, clock);
    tickets.add(ticket);
    return ticket;
  }

  @Override
  public synchronized void suspend() {
    tickets.hide();
    server.stop(0);
  }

  @Override
  public synchronized void resume(boolean withTickets) throws IOException {
    server.stop(0);
    server = serve(port);
    tickets.restore(withTickets);
  }

  @Override
  public synchronized void close() {
    server.stop(0);
  }
}
