package dev.stillpoint.access;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Sites;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one caller may see and do. Immutable. */
public final class Access {

  private final Optional<Guest> guest;

  /**
   * Somebody of a manager.
   *
   * @param permits the manager's word for each right
   */
  private record Guest(SiteId site, Caller caller, Map<Right, String> permits) {}

  private Access(Optional<Guest> guest) {
    this.guest = guest;
  }

  /** Whoever can read the server's own token. */
  public static Access ofServer() {
    return new Access(Optional.empty());
  }

  /** Somebody whom a manager knows; elsewhere he is nobody. */
  static Access of(SiteId site, Caller caller, Map<Right, String> permits) {
    return new Access(Optional.of(new Guest(site, caller, new EnumMap<>(permits))));
  }

  /** For records of who did what: {@code clerk@internal-authz}. */
  public String name() {
    return guest.map(one -> one.caller().name()).orElse("server token");
  }

  /**
   * The manager's id of who is to be given what he has made, as he sees no more than what is his;
   * empty for an administrator and for the server's own token.
   */
  public Optional<String> owner() {
    return guest.filter(one -> !administers(one)).map(one -> one.caller().id());
  }

  /** May everything, everywhere. */
  public boolean isServer() {
    return guest.isEmpty();
  }

  public boolean sees(SiteId site) {
    return guest.map(one -> one.site().equals(site)).orElse(true);
  }

  /** An administrator of the site also sees what is left of VMs that are gone. */
  public boolean sees(SiteId site, VmId vm) {
    return guest
        .map(
            one ->
                one.site().equals(site) && (one.caller().vms().containsKey(vm) || administers(one)))
        .orElse(true);
  }

  /** The VMs he is shown; empty: no bound is set to him. */
  public Optional<Set<VmId>> vms() {
    return guest.filter(one -> !administers(one)).map(one -> one.caller().vms().keySet());
  }

  /** The only site he knows; empty: all. */
  public Optional<SiteId> site() {
    return guest.map(Guest::site);
  }

  private static boolean administers(Guest one) {
    return one.caller().general().contains(one.permits().get(Right.ADMINISTER));
  }

  /** What he may have done with a VM; nothing where he does not see it. */
  public Set<Right> rights(SiteId site, VmId vm) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (sees(site, vm)) {
      Arrays.stream(Right.values()).filter(right -> may(right, vm)).forEach(rights::add);
    }
    return rights;
  }

  /** What he may have done with each of those VMs. */
  public Set<Right> rights(SiteId site, Collection<VmId> vms) {
    Set<Right> rights = EnumSet.allOf(Right.class);
    vms.forEach(vm -> rights.retainAll(rights(site, vm)));
    return rights;
  }

  private boolean may(Right right, VmId vm) {
    return guest
        .map(
            one ->
                right == Right.ADMINISTER
                    ? administers(one)
                    : one.caller().may(requireNonNull(one.permits().get(right), "permit"), vm))
        .orElse(true);
  }

  /**
   * @param name of the VM, for the message
   * @throws StillpointException NOT_FOUND for a VM he does not see; PERMISSION naming the permit
   *     that he lacks
   */
  public void require(Right right, SiteId site, VmId vm, String name) {
    requireSeen(site, vm, name);
    if (!may(right, vm)) {
      throw refused(
          right.words() + " VM " + name, guest.map(one -> one.permits().get(right)).orElseThrow());
    }
  }

  /**
   * @throws StillpointException NOT_FOUND, as if there were no such VM
   */
  public void requireSeen(SiteId site, VmId vm, String name) {
    if (!sees(site, vm)) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "There is no VM " + name + " for " + name(),
          "Ask an administrator of the manager for a role on the VM.");
    }
  }

  /**
   * @throws StillpointException PERMISSION unless he administers the site
   */
  public void requireAdministrator(SiteId site) {
    requireAdministrator(site, "do this");
  }

  /**
   * @param what he wants to do, for the message: {@code may not what}
   * @throws StillpointException PERMISSION unless he administers the site
   */
  public void requireAdministrator(SiteId site, String what) {
    if (guest.isEmpty()) {
      return;
    }
    String permit = guest.get().permits().get(Right.ADMINISTER);
    if (!sees(site) || !administers(guest.get())) {
      throw refused(what, permit);
    }
  }

  /** Whether he administers the only site he knows, or comes with the server's own token. */
  public boolean isAdministrator() {
    return guest.map(Access::administers).orElse(true);
  }

  /**
   * For what concerns his site; what concerns others he must not be told.
   *
   * @throws StillpointException PERMISSION unless he administers a site
   */
  public void requireAdministrator() {
    if (!isAdministrator()) {
      throw refused("do this", guest.orElseThrow().permits().get(Right.ADMINISTER));
    }
  }

  /**
   * For what concerns all sites alike: an administrator of one may do it where there is no other.
   *
   * @throws StillpointException PERMISSION
   */
  public void requireAdministratorOfAll(Sites sites) {
    requireAdministrator();
    if (!sites.all().stream().allMatch(site -> sees(site.id()))) {
      throw new StillpointException(
          ErrorKind.PERMISSION,
          name() + " may not do this: it concerns other sites too",
          "Use the token in the server's data directory.");
    }
  }

  /**
   * @throws StillpointException PERMISSION for everybody who came with a manager's token
   */
  public void requireServer() {
    if (guest.isPresent()) {
      throw new StillpointException(
          ErrorKind.PERMISSION,
          name() + " may not do this: it needs the server's own token",
          "Use the token in the server's data directory.");
    }
  }

  private StillpointException refused(String what, String permit) {
    return new StillpointException(
        ErrorKind.PERMISSION,
        name() + " may not " + what + ": the permit " + permit + " is missing",
        "Ask an administrator of the manager for a role with the permit " + permit + ".");
  }
}
