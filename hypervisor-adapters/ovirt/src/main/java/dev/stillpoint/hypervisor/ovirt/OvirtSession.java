package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.Capabilities;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.LoadMeter;
import dev.stillpoint.hypervisor.MediaDrive;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.SiteInfo;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.Snapshots;
import dev.stillpoint.hypervisor.Strays;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.ovirt.engine.sdk4.types.Api;
import org.ovirt.engine.sdk4.types.ProductInfo;

/** A login at one engine. */
final class OvirtSession implements SiteSession {

  private final Engine engine;
  private final EngineHttp http;
  private final OvirtInventory inventory;
  private final OvirtSnapshots snapshots;
  private final OvirtRestoreTarget restoreTarget;
  private final OvirtMediaDrive mediaDrive;
  private final OvirtActivityLog activityLog;
  private final OvirtStrays strays;
  private final OvirtRelease release;
  private final OvirtLoadMeter loadMeter;
  private final OvirtCallers callers;

  /**
   * @param http logged in; owned from here on
   */
  OvirtSession(Engine engine, EngineHttp http, SSLContext trust) {
    this.engine = engine;
    this.http = http;
    Vms vms = new Vms(engine);
    Backups backups = new Backups(engine);
    AutoSnapshots autoSnapshots = new AutoSnapshots(engine);
    Transfers transfers = new Transfers(engine);
    Attributes attributes = new Attributes(engine, vms);
    this.inventory = new OvirtInventory(engine, attributes);
    this.loadMeter = new OvirtLoadMeter(engine, inventory);
    this.callers = new OvirtCallers(engine, inventory, attributes);
    Disks disks = new Disks(engine, inventory);
    DiskSwaps swaps = new DiskSwaps(engine, vms, disks);
    VmBuilding building = new VmBuilding(engine, vms, inventory);
    Guests guests = new Guests(engine, vms);
    this.snapshots =
        new OvirtSnapshots(engine, vms, guests, backups, autoSnapshots, transfers, trust);
    DiskFilling filling = new DiskFilling(disks, transfers, trust, engine.timeouts());
    this.restoreTarget =
        new OvirtRestoreTarget(
            filling, swaps, building, new AttributeRestore(engine, vms, attributes));
    this.mediaDrive = new OvirtMediaDrive(engine, inventory, vms, disks, filling);
    this.activityLog = new OvirtActivityLog(engine);
    this.strays = new OvirtStrays(engine, inventory);
    OvirtRelease.Others others =
        new OvirtRelease.Others(guests, mediaDrive, activityLog, autoSnapshots);
    this.release = new OvirtRelease(backups, transfers, disks, swaps, building, others);
  }

  @Override
  public SiteInfo info() {
    Api api = engine.call("Asking the engine who it is", () -> engine.system().get().send()).api();
    ProductInfo product = api.productInfo();
    if (product == null) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          "This does not look like an oVirt engine's API: it does not tell its product",
          "Correct the site's address; it ends with /ovirt-engine/api");
    }
    String instance = product.instanceId();
    return new SiteInfo(product.name(), version(product), instance == null ? "" : instance);
  }

  private static String version(ProductInfo product) {
    boolean told = product.versionPresent() && product.version().fullVersionPresent();
    return told ? product.version().fullVersion() : "unknown";
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true);
  }

  @Override
  public Inventory inventory() {
    return inventory;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public RestoreTarget restoreTarget() {
    return restoreTarget;
  }

  @Override
  public MediaDrive mediaDrive() {
    return mediaDrive;
  }

  @Override
  public ActivityLog activityLog() {
    return activityLog;
  }

  @Override
  public Strays strays() {
    return strays;
  }

  @Override
  public LoadMeter loadMeter() {
    return loadMeter;
  }

  @Override
  public Callers callers() {
    return callers;
  }

  @Override
  public List<OutsideEffect> release(OutsideEffect effect) {
    return release.release(effect);
  }

  @Override
  public void close() {
    http.close();
  }
}
