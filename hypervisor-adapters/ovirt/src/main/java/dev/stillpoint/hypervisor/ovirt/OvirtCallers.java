package dev.stillpoint.hypervisor.ovirt;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.http.HttpStatus;
import org.ovirt.engine.sdk4.types.Cluster;
import org.ovirt.engine.sdk4.types.Permission;
import org.ovirt.engine.sdk4.types.Vm;
import org.w3c.dom.Element;

/**
 * Who the owner of a token is and what he may do.
 *
 * <p>What he is shown is asked with his token: without the engine's filter first, for with it an
 * administrator is shown nothing, and with it where that is refused. What he may do is read by the
 * service account, for plain users may not read roles.
 */
final class OvirtCallers implements Callers {

  private final Engine engine;
  private final OvirtInventory inventory;
  private final Attributes attributes;

  OvirtCallers(Engine engine, OvirtInventory inventory, Attributes attributes) {
    this.engine = engine;
    this.inventory = inventory;
    this.attributes = attributes;
  }

  @Override
  public Caller identify(Password token) {
    String id =
        authenticatedUser(require("Asking the engine whose token this is", "", false, token));
    // One is enough to see whether he is answered.
    Engine.Reply unfiltered =
        engine.getAs("Asking what the caller sees", "/vms?max=1", Optional.of(false), token);
    boolean seesAll = unfiltered.status() == HttpStatus.SC_OK;
    List<Held> held = held(id);
    Set<String> general = general(held);
    boolean administers = seesAll && general.contains(Permits.of(Right.ADMINISTER));
    return new Caller(
        id,
        attributes.holderName(id, false),
        seesAll,
        general,
        administers && held.stream().noneMatch(Held::belowIt)
            ? permitsOnVms(held)
            : permitsOn(seesAll ? allVms() : vmsSeenBy(token), held));
  }

  /** The service account is shown them too, and reads the list of ten thousand piece by piece. */
  private Set<VmId> allVms() {
    return inventory.allVms("").stream().map(vm -> new VmId(vm.id())).collect(toSet());
  }

  private Set<VmId> vmsSeenBy(Password token) {
    return Xml.children(require("Listing the VMs of the caller", "/vms", true, token), "vm")
        .stream()
        .map(vm -> new VmId(vm.getAttribute("id")))
        .collect(toSet());
  }

  /** Of an administrator the VMs need not be listed: he is shown every one. */
  private static Map<VmId, Set<String>> permitsOnVms(List<Held> held) {
    Map<VmId, Set<String>> permits = new HashMap<>();
    for (Held one : held) {
      one.on()
          .ifPresent(
              vm ->
                  permits
                      .computeIfAbsent(new VmId(vm), id -> new HashSet<>())
                      .addAll(one.permits()));
    }
    return permits;
  }

  private Element require(String doing, String path, boolean filter, Password token) {
    Engine.Reply reply =
        engine.getAs(doing, path, filter ? Optional.of(true) : Optional.empty(), token);
    if (reply.status() != HttpStatus.SC_OK) {
      throw engine.refused(doing, reply);
    }
    return reply.document();
  }

  private static String authenticatedUser(Element api) {
    return Xml.child(api, "authenticated_user")
        .map(user -> user.getAttribute("id"))
        .filter(id -> !id.isEmpty())
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.HYPERVISOR_REFUSED,
                    "The engine does not say whose token this is",
                    "Check the engine's version: 4.4 and later tell it"));
  }

  @Override
  public SignIn signIn(String user, Password password) {
    SingleSignOn.Grant grant = engine.signIn(user, password);
    return new SignIn(new Password(grant.token().toCharArray()), expiry(grant.expires()));
  }

  /** Milliseconds since 1970, as text. */
  private static Optional<Instant> expiry(String text) {
    return text.matches("[0-9]{1,15}")
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
        : Optional.empty();
  }

  @Override
  public void signOut(Password token) {
    engine.signOut(token);
  }

  @Override
  public String permit(Right right) {
    return Permits.of(right);
  }

  @Override
  public List<MissingPermit> missingPermits() {
    String doing = "Asking the engine who we are";
    Element api = engine.findXml(doing, "").orElseThrow();
    return Permits.missing(general(held(authenticatedUser(api))));
  }

  /**
   * Permits that somebody has on one thing and all below it; empty: on everything.
   *
   * @param belowIt whether it is not a VM itself
   */
  private record Held(Optional<String> on, boolean belowIt, Set<String> permits) {}

  /** Whether a VM may be made is asked of its cluster: on a VM the permit says nothing. */
  private static Set<String> onVm(Set<String> permits) {
    return permits.stream().filter(one -> !one.equals(Permits.CREATE_VM)).collect(toSet());
  }

  private static Set<String> general(List<Held> held) {
    Set<String> permits = new HashSet<>();
    held.stream().filter(one -> one.on().isEmpty()).forEach(one -> permits.addAll(one.permits()));
    return permits;
  }

  /** The user's own and his groups'. */
  private List<Held> held(String user) {
    List<Permission> permissions =
        engine
            .call(
                "Reading the permissions of user " + attributes.holderName(user, false),
                () ->
                    engine
                        .system()
                        .usersService()
                        .userService(user)
                        .permissionsService()
                        .list()
                        .send())
            .permissions();
    Map<String, Set<String>> roles = new HashMap<>();
    Set<String> onSystem =
        permissions.stream().anyMatch(OvirtCallers::namesNothing) ? onSystem() : Set.of();
    List<Held> held = new ArrayList<>();
    for (Permission one : permissions) {
      boolean general = namesNothing(one) && onSystem.contains(one.id());
      if (one.rolePresent() && (general || object(one).isPresent())) {
        Set<String> permits = roles.computeIfAbsent(one.role().id(), this::permits);
        held.add(
            new Held(
                object(one),
                !one.vmPresent() && object(one).isPresent(),
                one.vmPresent() ? onVm(permits) : permits));
      }
    }
    return held;
  }

  /**
   * A permission on the system names no object, but neither does one on a network, a vNIC profile,
   * a disk or CPU profile, a quota or a MAC pool: the API has no words for these.
   */
  private static boolean namesNothing(Permission one) {
    boolean elsewhere =
        one.diskPresent()
            || one.hostPresent()
            || one.storageDomainPresent()
            || one.templatePresent()
            || one.vmPoolPresent();
    return !elsewhere && object(one).isEmpty();
  }

  /** The ids of all permissions on the system itself, whoever has them. */
  private Set<String> onSystem() {
    return engine
        .call(
            "Reading the permissions on the system",
            () -> engine.system().permissionsService().list().send())
        .permissions()
        .stream()
        .map(Permission::id)
        .collect(toSet());
  }

  /** What a VM is, or lies below. */
  private static Optional<String> object(Permission one) {
    if (one.vmPresent()) {
      return Optional.of(one.vm().id());
    }
    if (one.clusterPresent()) {
      return Optional.of(one.cluster().id());
    }
    return one.dataCenterPresent() ? Optional.of(one.dataCenter().id()) : Optional.empty();
  }

  private Set<String> permits(String role) {
    return engine
        .call(
            "Reading the permits of role " + role,
            () -> engine.system().rolesService().roleService(role).permitsService().list().send())
        .permits()
        .stream()
        .map(Permits::name)
        .collect(toSet());
  }

  private Map<VmId, Set<String>> permitsOn(Set<VmId> seen, List<Held> held) {
    boolean placed = held.stream().anyMatch(one -> one.on().isPresent());
    Map<String, List<String>> above = placed && !seen.isEmpty() ? above() : Map.of();
    Map<VmId, Set<String>> permits = new HashMap<>();
    for (VmId vm : seen) {
      List<String> places = above.getOrDefault(vm.value(), List.of(vm.value()));
      Set<String> here = new HashSet<>();
      held.stream()
          .filter(one -> one.on().filter(places::contains).isPresent())
          .forEach(one -> here.addAll(one.permits()));
      permits.put(vm, Set.copyOf(here));
    }
    return permits;
  }

  /** Every VM's own id, its cluster's and its data center's. */
  private Map<String, List<String>> above() {
    Map<String, String> centers =
        engine
            .call("Listing the clusters", () -> engine.system().clustersService().list().send())
            .clusters()
            .stream()
            .filter(Cluster::dataCenterPresent)
            .collect(toMap(Cluster::id, c -> c.dataCenter().id()));
    return inventory.allVms("").stream()
        .collect(toMap(Vm::id, vm -> places(vm, centers), (one, same) -> one));
  }

  private static List<String> places(Vm vm, Map<String, String> centers) {
    List<String> places = new ArrayList<>(List.of(vm.id()));
    if (vm.clusterPresent()) {
      places.add(vm.cluster().id());
      Optional.ofNullable(centers.get(vm.cluster().id())).ifPresent(places::add);
    }
    return places;
  }
}
