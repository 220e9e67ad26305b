package dev.stillpoint.hypervisor.ovirt.mapping;

import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Hardware;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ovirt.engine.sdk4.types.BootDevice;
import org.ovirt.engine.sdk4.types.CpuTopology;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.Identified;
import org.ovirt.engine.sdk4.types.MemoryPolicy;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** From the SDK's VMs to the port's. */
public final class VmMapping {

  /**
   * What a VM's references mean.
   *
   * @param clusters names by id
   * @param storages names by id
   * @param profiles vNIC profiles by id
   */
  public record Names(
      Map<String, String> clusters,
      Map<String, String> storages,
      Map<String, NetworkProfile> profiles) {

    public Names {
      clusters = Map.copyOf(clusters);
      storages = Map.copyOf(storages);
      profiles = Map.copyOf(profiles);
    }
  }

  private static final NetworkProfile UNCONNECTED = new NetworkProfile("", "", "");

  private VmMapping() {}

  public static VmName name(Vm vm, Map<String, String> clusters) {
    String cluster = id(vm.cluster());
    return new VmName(new VmId(vm.id()), text(vm.name()), clusters.getOrDefault(cluster, cluster));
  }

  public static VmSummary summary(Vm vm, Map<String, String> clusters) {
    List<DiskAttachment> attachments = attachments(vm);
    ByteCount provisioned =
        attachments.stream()
            .filter(DiskAttachment::diskPresent)
            .map(a -> DiskMapping.bytes(a.disk().provisionedSize()))
            .reduce(ByteCount.ZERO, ByteCount::plus);
    String cluster = id(vm.cluster());
    return new VmSummary(
        new VmId(vm.id()),
        text(vm.name()),
        power(vm),
        clusters.getOrDefault(cluster, cluster),
        attachments.size(),
        provisioned);
  }

  public static VmSettings settings(Vm vm, Names names) {
    String cluster = id(vm.cluster());
    return new VmSettings(
        new VmId(vm.id()),
        text(vm.name()),
        text(vm.description()),
        text(vm.comment()),
        power(vm),
        new Cluster(cluster, names.clusters().getOrDefault(cluster, cluster)),
        hardware(vm),
        bootOrder(vm),
        vm.osPresent() ? text(vm.os().type()) : "",
        disks(vm, names),
        nics(vm, names.profiles()),
        ovf(vm),
        Optional.empty());
  }

  public static PowerState power(Vm vm) {
    if (vm.status() == VmStatus.UP) {
      return PowerState.UP;
    }
    return vm.status() == VmStatus.DOWN ? PowerState.DOWN : PowerState.OTHER;
  }

  /** The engine's word for the VM's state, for messages. */
  public static String state(Vm vm) {
    return vm.statusPresent() ? vm.status().value().replace('_', ' ') : "in an unknown state";
  }

  public static List<DiskAttachment> attachments(Vm vm) {
    return vm.diskAttachmentsPresent() ? vm.diskAttachments() : List.of();
  }

  private static List<DiskSettings> disks(Vm vm, Names names) {
    return attachments(vm).stream()
        .filter(DiskAttachment::diskPresent)
        .map(a -> DiskMapping.settings(a, names.storages()))
        .toList();
  }

  private static Hardware hardware(Vm vm) {
    Optional<CpuTopology> cpu =
        Optional.ofNullable(vm.cpu()).flatMap(c -> Optional.ofNullable(c.topology()));
    ByteCount memory = DiskMapping.bytes(vm.memory());
    Optional<MemoryPolicy> policy = Optional.ofNullable(vm.memoryPolicy());
    return new Hardware(
        count(cpu.map(CpuTopology::sockets)),
        count(cpu.map(CpuTopology::cores)),
        count(cpu.map(CpuTopology::threads)),
        memory,
        policy.map(MemoryPolicy::guaranteed).map(DiskMapping::bytes).orElse(memory),
        policy.map(MemoryPolicy::max).map(DiskMapping::bytes).orElse(memory),
        vm.biosPresent() && vm.bios().typePresent() ? vm.bios().type().value() : "",
        vm.highAvailabilityPresent()
            && vm.highAvailability().enabledPresent()
            && vm.highAvailability().enabled());
  }

  private static int count(Optional<BigInteger> amount) {
    return amount.map(BigInteger::intValueExact).filter(n -> n > 0).orElse(1);
  }

  private static List<String> bootOrder(Vm vm) {
    boolean told = vm.osPresent() && vm.os().bootPresent() && vm.os().boot().devicesPresent();
    return told ? vm.os().boot().devices().stream().map(BootDevice::value).toList() : List.of();
  }

  private static List<NicSettings> nics(Vm vm, Map<String, NetworkProfile> profiles) {
    List<Nic> nics = vm.nicsPresent() ? vm.nics() : List.of();
    return nics.stream().map(nic -> nic(nic, profiles)).toList();
  }

  /**
   * @param profiles vNIC profiles by id
   */
  public static NicSettings nic(Nic nic, Map<String, NetworkProfile> profiles) {
    String profile = id(nic.vnicProfile());
    List<String> addresses =
        nic.reportedDevicesPresent()
            ? nic.reportedDevices().stream()
                .filter(device -> device.ipsPresent())
                .flatMap(device -> device.ips().stream())
                .map(ip -> text(ip.address()))
                .toList()
            : List.of();
    return new NicSettings(
        text(nic.name()),
        nic.interface_Present() ? nic.interface_().value() : "",
        nic.macPresent() ? text(nic.mac().address()).toLowerCase(Locale.ROOT) : "",
        profile.isEmpty()
            ? UNCONNECTED
            : profiles.getOrDefault(profile, new NetworkProfile(profile, profile, "")),
        !nic.linkedPresent() || nic.linked(),
        !nic.pluggedPresent() || nic.plugged(),
        addresses);
  }

  /**
   * @param addresses what the guest reports, by MAC
   */
  public static List<NicSettings> withAddresses(
      List<NicSettings> nics, Map<String, List<String>> addresses) {
    return nics.stream()
        .map(
            nic ->
                addresses.containsKey(nic.mac())
                    ? nic.withGuestAddresses(addresses.get(nic.mac()))
                    : nic)
        .toList();
  }

  private static String ovf(Vm vm) {
    boolean told = vm.initializationPresent() && vm.initialization().configurationPresent();
    return told ? text(vm.initialization().configuration().data()) : "";
  }

  private static String id(Identified reference) {
    return reference == null ? "" : text(reference.id());
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
