package dev.stillpoint.hypervisor.lab.model;

import java.io.IOException;
import java.util.List;

/** The lab's one host, and what becomes of VMs when it goes away. Takes the world's lock itself. */
public final class Host {
  private final World world;
  private final Vms vms;

  public Host(World world, Vms vms) {
    this.world = world;
    this.vms = vms;
  }

  /**
   * Nobody reaches the host any more. The engine stops its transfers at its next look: uploads
   * wait, downloads are cancelled.
   */
  public void lose() {
    world.plane().suspend();
  }

  /**
   * The host is back, at the same address.
   *
   * @param restarted whether it was down: its tickets are gone and its VMs have lost their power.
   *     Otherwise only the network was broken, and an upload that waits can be resumed
   */
  public void regain(boolean restarted) throws IOException {
    world.plane().resume(!restarted);
    if (restarted) {
      world.locked(this::losePower);
    }
  }

  private void losePower() {
    List<Vm> running = world.vms().values().stream().filter(vm -> !vm.isDown()).toList();
    running.forEach(vm -> vms.power(vm, false));
  }
}
