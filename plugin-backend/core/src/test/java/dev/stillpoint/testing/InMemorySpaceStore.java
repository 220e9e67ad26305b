package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.model.VmId;
import dev.stillpoint.space.SpaceDay;
import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.space.VmSpace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Figures that are forgotten at the end. */
public final class InMemorySpaceStore implements SpaceStore {

  private final TreeMap<LocalDate, SpaceDay> days = new TreeMap<>();
  private final List<VmSpace> ofVms = new ArrayList<>();

  @Override
  public synchronized void put(SpaceDay day, List<VmSpace> vms) {
    days.put(day.day(), day);
    for (VmSpace vm : vms) {
      ofVms.removeIf(old -> old.day().equals(vm.day()) && old.vm().equals(vm.vm()));
      ofVms.add(vm);
    }
  }

  @Override
  public synchronized List<SpaceDay> days(LocalDate from) {
    return List.copyOf(days.tailMap(from).values());
  }

  @Override
  public synchronized List<VmSpace> vms(LocalDate from, LocalDate before) {
    return ofVms.stream()
        .filter(one -> !one.day().isBefore(from) && one.day().isBefore(before))
        .sorted(comparing(VmSpace::day).thenComparing(one -> one.vm().value()))
        .toList();
  }

  @Override
  public List<VmSpace> of(Set<VmId> vms, LocalDate from, LocalDate before) {
    return vms(from, before).stream().filter(one -> vms.contains(one.vm())).toList();
  }

  @Override
  public synchronized void forgetBefore(LocalDate day) {
    days.headMap(day).clear();
    ofVms.removeIf(one -> one.day().isBefore(day));
  }
}
