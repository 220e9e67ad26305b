package dev.stillpoint.rest;

import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Slice;
import dev.stillpoint.protection.ProtectionConditions;
import dev.stillpoint.protection.ProtectionSort;
import dev.stillpoint.protection.VmProtection.State;
import dev.stillpoint.rest.openapi.Words;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of {@code GET /sites/…/protection}. */
public final class ProtectionParameters {

  /** Only VMs with this in their name, in any case and with or without accents. */
  @QueryParam("name")
  private String name;

  /** Only VMs in one of these states. */
  @QueryParam("state")
  @Words(of = State.class)
  private List<String> states;

  /** Only these VMs, by their ids. */
  @QueryParam("vm")
  private List<String> vms;

  /** Only VMs that have points. */
  @QueryParam("withPoints")
  @DefaultValue("false")
  private boolean withPoints;

  /** By what; a minus in front descends. */
  @QueryParam("sort")
  @DefaultValue("name")
  @Words(of = ProtectionSort.class, signed = true)
  private String sort;

  @QueryParam("limit")
  @DefaultValue("200")
  private int limit;

  @QueryParam("after")
  private String after;

  ProtectionConditions conditions() {
    Set<State> wanted = EnumSet.noneOf(State.class);
    states.forEach(sent -> Filters.word("state", sent, State.values()).ifPresent(wanted::add));
    return new ProtectionConditions(
        Filters.text(name),
        wanted,
        vms.stream()
            .filter(vm -> !vm.isBlank())
            .map(VmId::new)
            .collect(Collectors.toUnmodifiableSet()),
        withPoints);
  }

  Slice<ProtectionSort> slice() {
    return Slice.parse(ProtectionSort.values(), sort, limit, Filters.text(after));
  }
}
