package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Network;
import dev.stillpoint.hypervisor.lab.model.StorageDomain;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.List;
import java.util.function.Function;

/** What surrounds the VMs: the root, cluster, data center, host, storage, networks, users. */
final class InventoryResources {
  private static final long HOST_MEMORY = 64L << 30;

  private final World world;
  private final Sessions sessions;

  InventoryResources(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
  }

  void addTo(Routes routes) {
    routes.add("GET", "", this::root);
    single(routes, "clusters", Ids.CLUSTER, call -> cluster());
    single(routes, "datacenters", Ids.DATA_CENTER, call -> dataCenter());
    single(routes, "hosts", Ids.HOST, call -> host());
    single(routes, "templates", Ids.NONE, call -> template());
    collection(routes, "networks", "networks", world.networks(), this::network);
    collection(routes, "vnicprofiles", "vnic_profiles", world.networks(), this::profile);
    String attached = "datacenters/" + Ids.DATA_CENTER + "/storagedomains";
    collection(routes, "storagedomains", "storage_domains", world.domains(), d -> domain(d, false));
    collection(routes, attached, "storage_domains", world.domains(), d -> domain(d, true));
    routes.add("GET", "users/{}", this::user);
  }

  private static void single(
      Routes routes, String path, String id, Function<Call, Element> document) {
    String list = path.equals("datacenters") ? "data_centers" : path;
    routes.add("GET", path, call -> Answer.ok(Element.list(list).add(document.apply(call))));
    routes.add(
        "GET",
        path + "/{}",
        call -> {
          if (!call.id(0).equals(id)) {
            throw EngineFault.missing();
          }
          return Answer.ok(document.apply(call));
        });
  }

  private static <T> void collection(
      Routes routes, String path, String list, List<T> things, Function<T, Element> document) {
    routes.add(
        "GET",
        path,
        call -> Answer.ok(Element.list(list).addAll(things.stream().map(document).toList())));
    routes.add(
        "GET",
        path + "/{}",
        call ->
            Answer.ok(
                things.stream()
                    .map(document)
                    .filter(one -> one.id().orElseThrow().equals(call.id(0)))
                    .findFirst()
                    .orElseThrow(EngineFault::missing)));
  }

  private Answer root(Call call) {
    List<String> collections =
        List.of(
            "clusters",
            "datacenters",
            "hosts",
            "networks",
            "storagedomains",
            "tags",
            "templates",
            "users",
            "vms",
            "disks",
            "vnicprofiles",
            "imagetransfers");
    String user = call.account().id();
    int vms = world.vms().size();
    long up = world.vms().values().stream().filter(Vm::isUp).count();
    return Answer.ok(
        Element.object("api")
            .addAll(Hrefs.links(Hrefs.API, collections.toArray(String[]::new)))
            .add(
                Element.object("product_info")
                    .add("instance_id", Ids.ENGINE)
                    .add("name", "oVirt Engine")
                    .add(version(4, 5, 8, "4.5.8_lab")))
            .add(
                Element.object("special_objects")
                    .add(Hrefs.template("blank_template"))
                    .add(Hrefs.ref("root_tag", "tags", Ids.NONE)))
            .add(
                Element.object("summary")
                    .add(count("hosts", 1, 1))
                    .add(count("storage_domains", world.domains().size(), world.domains().size()))
                    .add(count("users", sessions.accountCount(), sessions.accountCount()))
                    .add(count("vms", up, vms)))
            .add(Element.date("time", world.now()))
            .add(Hrefs.ref("authenticated_user", "users", user))
            .add(Hrefs.ref("effective_user", "users", user)));
  }

  private static Element count(String name, long active, long total) {
    return Element.object(name).add("active", active).add("total", total);
  }

  private static Element version(int major, int minor, int build, String full) {
    return Element.object("version")
        .add("build", build)
        .add("full_version", full)
        .add("major", major)
        .add("minor", minor)
        .add("revision", 0);
  }

  private Element cluster() {
    return Hrefs.cluster()
        .add("name", "Default")
        .add("description", "The default server cluster")
        .add("comment", "")
        .add("ballooning_enabled", true)
        .add("bios_type", "q35_ovmf")
        .add(
            Element.object("cpu")
                .add("architecture", "x86_64")
                .add("type", "Secure Intel SandyBridge Family"))
        .add(Element.object("version").add("major", 4).add("minor", world.clusterMinor()))
        .add("virt_service", true)
        .add(Hrefs.dataCenter());
  }

  private Element dataCenter() {
    Element center = Hrefs.dataCenter();
    return center
        .add("name", "Default")
        .add("description", "The default Data Center")
        .add("comment", "")
        .addAll(Hrefs.links(center.attributes().get("href"), "storagedomains"))
        .add("local", false)
        .add("quota_mode", "disabled")
        .add("status", "up")
        .add("storage_format", "v5")
        .add(Element.object("version").add("major", 4).add("minor", 8));
  }

  private Element host() {
    return Hrefs.host()
        .add("name", "labhost1")
        .add("comment", "")
        .add("address", "127.0.0.1")
        .add(
            Element.object("cpu")
                .add("name", "Stillpoint lab")
                .add("speed", 2400)
                .add(Element.object("topology").add("cores", 4).add("sockets", 1).add("threads", 2))
                .add("type", "Secure Intel SandyBridge Family"))
        .add("external_status", "ok")
        .add("memory", HOST_MEMORY)
        .add("port", 54321)
        .add(Element.object("spm").add("priority", 5).add("status", "spm"))
        .add("status", "up")
        .add("type", "rhel")
        .add(version(4, 50, 5, "vdsm-4.50.5-1.el9"))
        .add(Hrefs.cluster());
  }

  private Element template() {
    return Hrefs.template("template")
        .add("name", "Blank")
        .add("description", "Blank template")
        .add("comment", "")
        .add("memory", 1L << 30)
        .add("status", "ok")
        .add("type", "server");
  }

  private Element network(Network network) {
    return Hrefs.ref("network", "networks", network.id())
        .add("name", network.name())
        .add("description", "")
        .add("comment", "")
        .add("mtu", 0)
        .add("stp", false)
        .add(Element.list("usages").add("usage", "vm"))
        .add(Hrefs.dataCenter());
  }

  private Element profile(Network network) {
    return Hrefs.ref("vnic_profile", "vnicprofiles", network.profile())
        .add("name", network.name())
        .add("description", "")
        .add(Element.object("pass_through").add("mode", "disabled"))
        .add("port_mirroring", false)
        .add(Hrefs.ref("network", "networks", network.id()));
  }

  /** The status of a domain is known only within a data center. */
  private Element domain(StorageDomain domain, boolean withStatus) {
    String center = withStatus ? "datacenters/" + Ids.DATA_CENTER + "/" : "";
    Element element =
        Hrefs.ref("storage_domain", center + "storagedomains", domain.id())
            .add("name", domain.name())
            .add("description", "")
            .add("comment", "")
            .add("available", world.availableBytes(domain))
            .add("backup", false)
            .add("block_size", 512)
            .add("committed", world.committedBytes(domain))
            .add("critical_space_action_blocker", 5)
            .add("external_status", "ok")
            .add("master", domain.master());
    if (withStatus) {
      element.add("status", "active");
    }
    element
        .add(
            Element.object("storage")
                .add("address", "127.0.0.1")
                .add("path", "/exports/" + domain.name())
                .add("type", "nfs"))
        .add("storage_format", "v5")
        .add("type", "data")
        .add("used", world.usedBytes(domain));
    if (withStatus) {
      element.add(Hrefs.dataCenter());
    }
    return element.add(Element.list("data_centers").add(Hrefs.dataCenter()));
  }

  private Answer user(Call call) {
    Account account = sessions.byId(call.id(0)).orElseThrow(EngineFault::missing);
    String principal = account.name().replaceFirst("@.*", "");
    return Answer.ok(
        Hrefs.ref("user", "users", account.id())
            .add("name", principal)
            .add("namespace", "*")
            .add("principal", principal)
            .add("user_name", account.name() + "-authz"));
  }
}
