package dev.stillpoint.hypervisor.lab;

import com.sun.net.httpserver.HttpServer;
import dev.stillpoint.hypervisor.lab.block.DataPlane;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import dev.stillpoint.hypervisor.lab.control.ControlServer;
import dev.stillpoint.hypervisor.lab.fleet.FleetLoader;
import dev.stillpoint.hypervisor.lab.fleet.Guests;
import dev.stillpoint.hypervisor.lab.imageio.EmbeddedPlane;
import dev.stillpoint.hypervisor.lab.model.Checkpoint;
import dev.stillpoint.hypervisor.lab.model.Ending;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.Network;
import dev.stillpoint.hypervisor.lab.model.Organisation;
import dev.stillpoint.hypervisor.lab.model.StorageDomain;
import dev.stillpoint.hypervisor.lab.model.World;
import dev.stillpoint.hypervisor.lab.portal.PortalPages;
import dev.stillpoint.hypervisor.lab.portal.WebServerProxy;
import dev.stillpoint.hypervisor.lab.qemu.ImageioParts;
import dev.stillpoint.hypervisor.lab.qemu.ImageioPlane;
import dev.stillpoint.hypervisor.lab.rest.Account;
import dev.stillpoint.hypervisor.lab.rest.ApiServer;
import dev.stillpoint.hypervisor.lab.rest.Engine;
import dev.stillpoint.hypervisor.lab.rest.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A running lab. All methods may be called from any thread; ids are those of the API. Closing it
 * ends all connections and removes the disks.
 */
public final class LabEngine implements AutoCloseable {
  private static final long DOMAIN_BYTES = 200L << 30;

  private final LabConfig config;
  private final LabFaults faults = new LabFaults();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, new NamedThreads("lab-timer"));
  private final ExecutorService workers =
      Executors.newCachedThreadPool(new NamedThreads("lab-http"));
  private final HttpServers http;
  private final World world;
  private final Engine engine;
  private final Sessions sessions;
  private final HttpServer api;
  private final DataPlane plane;
  private final Guests guests;

  private LabEngine(LabConfig config) throws IOException {
    this.config = config;
    Path run = config.directory().resolve("run");
    Path cache = config.directory().resolve("cache");
    emptied(run);
    Files.createDirectories(cache);
    this.http = new HttpServers(config.tls());
    this.plane = plane(run);
    this.world =
        new World(
            new World.Setup(
                plane, InstantSource.system(), UUID::randomUUID, timer, config.times(), faults));
    furnish(world);
    config.accounts().forEach(account -> account.enrol(world));
    this.engine = Engine.of(world);
    this.guests =
        new FleetLoader(world, engine.vms(), engine.disks(), engine.nics())
            .load(config.fleet(), cache);
    this.sessions = new Sessions(config.accounts(), new SecureRandom());
    this.api = http.open(config.port(), workers);
    this.api.createContext("/ovirt-engine", apiServer());
    this.api.createContext(PortalPages.PATH, new PortalPages(config.portal()));
    config
        .portal()
        .proxies()
        .forEach(
            (path, target) ->
                this.api.createContext(path, new WebServerProxy(path, target, http.scheme())));
    this.api.createContext("/lab", new ControlServer(world, engine, guests, sessions));
  }

  private DataPlane plane(Path run) throws IOException {
    return switch (config.dataPlane()) {
      case EMBEDDED ->
          new EmbeddedPlane(
              run,
              http.scheme(),
              port -> http.open(port, workers),
              config.imagePort(),
              faults,
              InstantSource.system());
      case IMAGEIO ->
          new ImageioPlane(
              run,
              ImageioParts.find(),
              http.pemFiles(),
              config.imagePort(),
              faults,
              InstantSource.system());
    };
  }

  private ApiServer apiServer() throws IOException {
    return new ApiServer(
        world,
        sessions,
        engine,
        new ApiServer.Setup(
            http.scheme(),
            plane::url,
            http.caPem(),
            InstantSource.system(),
            UUID::randomUUID,
            timer));
  }

  /**
   * Starts a lab; it serves when this returns.
   *
   * @throws IOException when a port is taken or the directory cannot be used
   */
  public static LabEngine start(LabConfig config) throws IOException {
    LabEngine lab = new LabEngine(config);
    lab.guests.run(lab.timer, config.guestBytesPerSecond());
    lab.api.start();
    return lab;
  }

  private static void furnish(World world) {
    world.domains().add(new StorageDomain(Ids.named("domain data1"), "data1", DOMAIN_BYTES, true));
    world.domains().add(new StorageDomain(Ids.named("domain data2"), "data2", DOMAIN_BYTES, false));
    for (String name : List.of("ovirtmgmt", "production")) {
      world
          .networks()
          .add(new Network(Ids.named("network " + name), name, Ids.named("profile " + name)));
    }
  }

  private static void emptied(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
  }

  /** The address of the API, without a slash at the end. */
  public String apiUrl() {
    return engineUrl() + "/ovirt-engine/api";
  }

  /** The address of the engine's port. */
  public String engineUrl() {
    return http.scheme() + "://127.0.0.1:" + api.getAddress().getPort();
  }

  /** The address of the page and of the control API. */
  public String labUrl() {
    return engineUrl() + "/lab/";
  }

  /** The address of the page that plays the administration portal. */
  public String portalUrl() {
    return engineUrl() + PortalPages.PATH;
  }

  /** The address of the data endpoint. */
  public String imageUrl() {
    return plane.url();
  }

  /** The administrator. */
  public Account administrator() {
    return config.accounts().get(0);
  }

  /** The switches that make the lab misbehave. */
  public LabFaults faults() {
    return faults;
  }

  /** What runs in the VMs. */
  public Guests guests() {
    return guests;
  }

  /** The id of the VM with a name. */
  public String vmId(String name) {
    return world.locked(
        () ->
            world.vms().values().stream()
                .filter(vm -> vm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the lab has no VM " + name))
                .id());
  }

  /** The ids of a VM's disks, the one to boot from first. */
  public List<String> diskIds(String vmId) {
    return world.locked(() -> List.copyOf(world.vm(vmId).attachments().keySet()));
  }

  /** The id of the storage domain that a disk lies on. */
  public String domainOf(String diskId) {
    return world.locked(() -> world.disk(diskId).domain());
  }

  /** The ids of a VM's checkpoints, oldest first. */
  public List<String> checkpoints(String vmId) {
    return world.locked(() -> world.vm(vmId).checkpoints().stream().map(Checkpoint::id).toList());
  }

  /** Somebody makes a snapshot of a VM. */
  public void makeSnapshot(String vmId, String description) {
    world.locked(() -> engine.vms().makeSnapshot(world.vm(vmId), description));
  }

  /** What a VM's snapshots are called, without the running state. */
  public List<String> snapshots(String vmId) {
    return world.locked(
        () ->
            world.vm(vmId).snapshots().stream()
                .filter(one -> !one.type().equals("active"))
                .map(one -> one.description())
                .toList());
  }

  /** Switches a VM on or off at once. */
  public void power(String vmId, boolean up) {
    guests.power(vmId, up, engine.vms());
  }

  /** Does something with tags, affinity, roles and permissions. */
  public <T> T organise(Function<Organisation, T> work) {
    return world.locked(() -> work.apply(world.organisation()));
  }

  /** Moves a running VM to another process, in which its counters begin anew. */
  public void migrate(String vmId) {
    world.locked(() -> engine.vms().migrate(world.vm(vmId)));
  }

  /** The SHA-256 of a disk's content at this instant; takes a second for each GiB or so. */
  public String sha256Now(String diskId) {
    DiskImage disk = world.locked(() -> world.disk(diskId)).content();
    try {
      return disk.sha256Now();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sum disk " + diskId, e);
    }
  }

  /**
   * The SHA-256 of a disk's content at the instant of a backup; waits until it is computed.
   *
   * @throws IllegalArgumentException when the backup has not taken its point in time, or had no
   *     such disk
   */
  public String sha256AtBackup(String backupId, String diskId) {
    return world.sums().await(backupId, diskId);
  }

  /** What backups and restores left behind, one line each; empty when all is tidy. */
  public List<String> leftovers() {
    return world.locked(world::leftovers);
  }

  /** Nobody reaches the host any more; what the engine makes of it, it makes at its next look. */
  public void loseHost() {
    engine.host().lose();
  }

  /**
   * The host is back, at the same address.
   *
   * @param restarted whether it was down, and with it its VMs; else only the network was broken
   */
  public void regainHost(boolean restarted) {
    try {
      engine.host().regain(restarted);
    } catch (IOException e) {
      throw new UncheckedIOException("the host does not come back", e);
    }
  }

  /**
   * The engine begins nothing more by itself: what is in one state stays in it, however long it is
   * looked at. What the host does, and what is asked for, goes on.
   */
  public void hold() {
    world.hold();
  }

  /** While it is held: the engine does the next thing that is due; waits until one is. */
  public void step() {
    world.step();
  }

  /** The engine does what waited, and from now on everything at its time. */
  public void goOn() {
    world.goOn();
  }

  /** Changes the cluster's compatibility level; backups go without a snapshot below 4.7. */
  public void clusterLevel(int minor) {
    world.locked(() -> world.changeClusterMinor(minor));
  }

  /** The checkpoints of a VM become invalid, as when a snapshot's preview is undone. */
  public void invalidateCheckpoints(String vmId) {
    world.locked(() -> engine.backups().invalidate(world.vm(vmId)));
  }

  /** The descriptions of the jobs that somebody began and nobody has ended. */
  public List<String> runningJobs() {
    return world.locked(() -> world.activity().runningJobs());
  }

  /** All tokens die at once. */
  public void expireTokens() {
    sessions.expireAll();
  }

  @Override
  public void close() {
    guests.pause();
    api.stop(0);
    timer.shutdownNow();
    workers.shutdownNow();
    world.close();
    Ending.await(timer);
    Ending.await(workers);
    plane.close();
  }
}
