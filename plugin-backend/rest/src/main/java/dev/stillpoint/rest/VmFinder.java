package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds VMs of a site by what callers call them. */
final class VmFinder {

  private static final String ALL = "*";

  private final Sites sites;

  VmFinder(Sites sites) {
    this.sites = sites;
  }

  /**
   * @param wanted ids or names, or {@code *} alone for all
   * @throws StillpointException NOT_FOUND naming the first that is not there; CONFLICT for a name
   *     that several have
   */
  List<VmSummary> find(Site site, List<String> wanted, Access access) {
    List<VmSummary> all = seen(site, access);
    if (wanted.equals(List.of(ALL))) {
      return all;
    }
    List<VmSummary> found = new ArrayList<>();
    for (String idOrName : wanted) {
      VmSummary vm = one(site, all, idOrName);
      if (!found.contains(vm)) {
        found.add(vm);
      }
    }
    return found;
  }

  VmSummary one(Site site, String idOrName, Access access) {
    return one(site, seen(site, access), idOrName);
  }

  private List<VmSummary> seen(Site site, Access access) {
    return sites.session(site.id()).inventory().vms().stream()
        .filter(vm -> access.sees(site.id(), vm.id()))
        .toList();
  }

  /** A manager may have one name several times, in different data centers. */
  static VmSummary one(Site site, List<VmSummary> all, String idOrName) {
    Optional<VmSummary> byId =
        all.stream().filter(vm -> vm.id().value().equals(idOrName)).findFirst();
    List<VmSummary> named = all.stream().filter(vm -> vm.name().equals(idOrName)).toList();
    if (byId.isEmpty() && named.size() > 1) {
      List<String> ids = named.stream().map(vm -> vm.id().value()).toList();
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "There are " + named.size() + " VMs named " + idOrName + " at site " + site.name(),
          "Name the one you mean by its id: " + String.join(", ", ids));
    }
    return byId.or(() -> named.stream().findFirst())
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no VM " + idOrName + " at site " + site.name(),
                    "Look for it in the list of VMs.",
                    Place.VMS));
  }
}
