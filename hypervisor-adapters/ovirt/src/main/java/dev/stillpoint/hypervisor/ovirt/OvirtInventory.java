package dev.stillpoint.hypervisor.ovirt;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.hypervisor.ovirt.mapping.DiskMapping;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.http.HttpStatus;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.DataCenter;
import org.ovirt.engine.sdk4.types.Network;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.StorageDomain;
import org.ovirt.engine.sdk4.types.StorageDomainStatus;
import org.ovirt.engine.sdk4.types.StorageDomainType;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VnicProfile;

/** What the engine manages. */
final class OvirtInventory implements Inventory {

  private static final long GIBIBYTE = 1L << 30;

  private final Engine engine;
  private final Attributes attributes;

  OvirtInventory(Engine engine, Attributes attributes) {
    this.engine = engine;
    this.attributes = attributes;
  }

  @Override
  public List<VmSummary> vms() {
    Map<String, String> clusters = clusterNames();
    return allVms().stream()
        .map(vm -> VmMapping.summary(vm, clusters))
        .sorted(Comparator.comparing(VmSummary::name))
        .toList();
  }

  @Override
  public List<VmName> names() {
    Map<String, String> clusters = clusterNames();
    return allVms("").stream().map(vm -> VmMapping.name(vm, clusters)).toList();
  }

  /** Every VM with its disks. An administrator asks unfiltered: with the filter he sees none. */
  List<Vm> allVms() {
    return allVms("disk_attachments.disk");
  }

  /**
   * @param follow links to be filled in; empty: none
   */
  List<Vm> allVms(String follow) {
    try {
      return allVms(false, follow);
    } catch (OvirtException e) {
      if (e.status() == HttpStatus.SC_BAD_REQUEST) {
        return allVms(true, follow);
      }
      throw e;
    }
  }

  private List<Vm> allVms(boolean filter, String follow) {
    VmsService.ListRequest request = engine.system().vmsService().list().filter(filter);
    return engine.call(
        "Listing the VMs",
        () -> (follow.isEmpty() ? request : request.follow(follow)).send().vms());
  }

  @Override
  public Optional<VmSettings> settings(VmId vm) {
    return engine
        .find(
            "Reading VM " + vm,
            () ->
                engine
                    .system()
                    .vmsService()
                    .vmService(vm.value())
                    .get()
                    .allContent(true)
                    .follow("disk_attachments.disk,nics")
                    .send()
                    .vm())
        .map(this::complete);
  }

  private VmSettings complete(Vm vm) {
    VmSettings settings =
        VmMapping.settings(vm, new VmMapping.Names(clusterNames(), storageNames(), profilesById()));
    VmRef ref = new VmRef(settings.id(), settings.name());
    VmSettings whole = settings.withAttributes(attributes.read(vm));
    return settings.power() == PowerState.UP
        ? whole.withNics(VmMapping.withAddresses(whole.nics(), attributes.guestAddresses(ref)))
        : whole;
  }

  @Override
  public List<String> snapshots(VmId vm) {
    return engine
        .findXml("Listing the snapshots of VM " + vm, "/vms/" + vm.value() + "/snapshots")
        .map(list -> Xml.children(list, "snapshot"))
        .orElse(List.of())
        .stream()
        .filter(snapshot -> !Xml.text(snapshot, "snapshot_type").orElse("").equals("active"))
        .sorted(Comparator.comparing(snapshot -> Xml.text(snapshot, "date").orElse("")))
        .map(snapshot -> Xml.text(snapshot, "description").orElse(snapshot.getAttribute("id")))
        .toList();
  }

  @Override
  public List<VmPlacement> placements() {
    return new Placements(engine, this, attributes).all();
  }

  @Override
  public List<VmGroup> groups() {
    return new Groups(engine, this, attributes).all();
  }

  @Override
  public List<Cluster> clusters() {
    return clusterNames().entrySet().stream()
        .map(e -> new Cluster(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(Cluster::name))
        .toList();
  }

  private Map<String, String> clusterNames() {
    return engine
        .call("Listing the clusters", () -> engine.system().clustersService().list().send())
        .clusters()
        .stream()
        .collect(toMap(c -> c.id(), c -> c.name()));
  }

  @Override
  public Map<String, String> macs() {
    Map<String, String> macs = new HashMap<>();
    for (Vm vm : allVms("nics")) {
      for (Nic nic : vm.nicsPresent() ? vm.nics() : List.<Nic>of()) {
        if (nic.macPresent() && nic.mac().addressPresent()) {
          macs.put(nic.mac().address().toLowerCase(Locale.ROOT), vm.name());
        }
      }
    }
    return Map.copyOf(macs);
  }

  /** A domain that several data centers have counts for the clusters of all. */
  @Override
  public List<StorageSpace> storages() {
    Map<String, Set<String>> clusters = clustersByDataCenter();
    Map<String, StorageDomain> domains = new LinkedHashMap<>();
    Map<String, Set<String>> reached = new HashMap<>();
    for (DataCenter center : dataCenters()) {
      for (StorageDomain domain : domains(center)) {
        domains.putIfAbsent(domain.id(), domain);
        reached
            .computeIfAbsent(domain.id(), id -> new HashSet<>())
            .addAll(clusters.getOrDefault(center.id(), Set.of()));
      }
    }
    return domains.values().stream()
        .map(domain -> space(domain, reached.get(domain.id())))
        .sorted(Comparator.comparing(StorageSpace::name))
        .toList();
  }

  private static StorageSpace space(StorageDomain domain, Set<String> clusters) {
    return new StorageSpace(
        domain.id(),
        domain.name(),
        available(domain),
        domain.status() == StorageDomainStatus.ACTIVE && domain.type() == StorageDomainType.DATA,
        Disks.isOnBlocks(domain),
        clusters);
  }

  private Map<String, Set<String>> clustersByDataCenter() {
    return engine
        .call("Listing the clusters", () -> engine.system().clustersService().list().send())
        .clusters()
        .stream()
        .filter(cluster -> cluster.dataCenterPresent())
        .collect(
            groupingBy(
                cluster -> cluster.dataCenter().id(), mapping(cluster -> cluster.id(), toSet())));
  }

  /** Asked through the data centers, for only there a domain has its status. */
  List<StorageDomain> domains() {
    return dataCenters().stream().flatMap(center -> domains(center).stream()).toList();
  }

  private List<DataCenter> dataCenters() {
    return engine
        .call("Listing the data centers", () -> engine.system().dataCentersService().list().send())
        .dataCenters();
  }

  private List<StorageDomain> domains(DataCenter center) {
    return engine
        .call(
            "Listing the storage domains of data center " + center.name(),
            () ->
                engine
                    .system()
                    .dataCentersService()
                    .dataCenterService(center.id())
                    .storageDomainsService()
                    .list()
                    .send())
        .storageDomains();
  }

  private Map<String, String> storageNames() {
    return domains().stream().collect(toMap(d -> d.id(), d -> d.name(), (one, same) -> one));
  }

  /** Below its critical limit a domain takes no new disks. */
  static ByteCount available(StorageDomain domain) {
    BigInteger blocked = domain.criticalSpaceActionBlocker();
    long kept = blocked == null ? 0 : blocked.longValueExact() * GIBIBYTE;
    return ByteCount.ofBytes(Math.max(0, DiskMapping.bytes(domain.available()).bytes() - kept));
  }

  @Override
  public List<NetworkProfile> networks() {
    return profilesById().values().stream()
        .sorted(Comparator.comparing(NetworkProfile::name))
        .toList();
  }

  Map<String, NetworkProfile> profilesById() {
    Map<String, String> networks =
        engine
            .call("Listing the networks", () -> engine.system().networksService().list().send())
            .networks()
            .stream()
            .collect(toMap(Network::id, Network::name));
    return engine
        .call(
            "Listing the vNIC profiles", () -> engine.system().vnicProfilesService().list().send())
        .profiles()
        .stream()
        .collect(toMap(VnicProfile::id, profile -> profile(profile, networks)));
  }

  private static NetworkProfile profile(VnicProfile profile, Map<String, String> networks) {
    String network = profile.networkPresent() ? profile.network().id() : "";
    return new NetworkProfile(
        profile.id(), profile.name(), networks.getOrDefault(network, network));
  }
}
