package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.model.VmId;
import java.util.Map;

/** What people see and do at the fake site's manager. Thread-safe. */
public final class FakeConsole {

  private final FakeManager manager;

  FakeConsole(FakeManager manager) {
    this.manager = manager;
  }

  /** The guest holds the tray of its drive, or lets it go. */
  public void lockTray(VmId vm, boolean locked) {
    synchronized (manager) {
      manager.vm(vm).trayLocked = locked;
    }
  }

  /** The events by number. */
  public Map<Integer, ActivityLog.Event> events() {
    synchronized (manager) {
      return Map.copyOf(manager.events);
    }
  }

  /** An event number that was used once and is still refused, though the event is not listed. */
  public void forgetEvent(int number) {
    synchronized (manager) {
      manager.forgottenEvents.add(number);
      manager.events.remove(number);
    }
  }

  /** The tasks by mark. */
  public Map<String, FakeTask> tasks() {
    synchronized (manager) {
      return Map.copyOf(manager.tasks);
    }
  }

  /** Something that looks left behind. */
  public void addStray(Stray stray) {
    synchronized (manager) {
      manager.strays.add(stray);
    }
  }
}
