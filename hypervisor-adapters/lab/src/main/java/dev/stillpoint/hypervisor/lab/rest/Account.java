package dev.stillpoint.hypervisor.lab.rest;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Organisation;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param name with the domain: {@code admin@internal}
 * @param admin sees everything, but nothing when he asks for a filtered view, as in the engine
 * @param vmNames the VMs on which a plain user has a role from the start
 * @param permits of a role of his own; empty: he has SuperUser, or UserRole
 */
public record Account(
    String name, String password, boolean admin, Set<String> vmNames, Set<String> permits) {
  public Account {
    requireNonNull(name, "name");
    requireNonNull(password, "password");
    vmNames = Set.copyOf(vmNames);
    permits = Set.copyOf(permits);
  }

  public static Account administrator(String name, String password) {
    return new Account(name, password, true, Set.of(), Set.of());
  }

  public static Account plain(String name, String password, Set<String> vmNames) {
    return plain(name, password, vmNames, Set.of());
  }

  /** Somebody with a role of his own on some VMs. */
  public static Account plain(
      String name, String password, Set<String> vmNames, Set<String> permits) {
    return new Account(name, password, false, vmNames, permits);
  }

  /** Somebody with an administrative role of his own; the lab tells of its permits, no more. */
  public static Account service(String name, String password, Set<String> permits) {
    return new Account(name, password, true, Set.of(), permits);
  }

  /** Gives him the roles he begins with. */
  public void enrol(World world) {
    Organisation organisation = world.organisation();
    if (admin) {
      organisation.grant(role(organisation).id(), id(), Organisation.SYSTEM, "");
    } else if (!vmNames.isEmpty()) {
      organisation.promise(id(), role(organisation).id(), vmNames);
    }
  }

  private Organisation.Role role(Organisation organisation) {
    return permits.isEmpty()
        ? organisation.role(admin ? "SuperUser" : "UserRole").orElseThrow()
        : organisation.addRole("role of " + name, admin, permits.stream().sorted().toList());
  }

  public String id() {
    return Ids.named("user " + name);
  }

  /** Whether he is shown a VM; with the filter nobody sees by virtue of administrative roles. */
  boolean sees(World world, Vm vm, boolean filtered) {
    return (admin && !filtered) || world.organisation().showsFiltered(id(), vm);
  }

  @Override
  public String toString() {
    return name;
  }
}
