package dev.stillpoint.hypervisor.lab.rest;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Vm;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param name with the domain: {@code admin@internal}
 * @param admin sees everything, but nothing when he asks for a filtered view, as in the engine
 * @param vmNames what a plain user sees
 */
public record Account(String name, String password, boolean admin, Set<String> vmNames) {
  public Account {
    requireNonNull(name, "name");
    requireNonNull(password, "password");
    vmNames = Set.copyOf(vmNames);
  }

  public static Account administrator(String name, String password) {
    return new Account(name, password, true, Set.of());
  }

  public static Account plain(String name, String password, Set<String> vmNames) {
    return new Account(name, password, false, vmNames);
  }

  public String id() {
    return Ids.named("user " + name);
  }

  boolean sees(Vm vm, boolean filtered) {
    return admin ? !filtered : vmNames.contains(vm.name());
  }

  @Override
  public String toString() {
    return name;
  }
}
