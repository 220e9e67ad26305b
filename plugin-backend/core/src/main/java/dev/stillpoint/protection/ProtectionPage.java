package dev.stillpoint.protection;

import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Part of the list of a site's VMs.
 *
 * @param total how many fit, on all pages
 */
public record ProtectionPage(Page<VmProtection> page, int total) {

  /** A VM and what it is sorted by: figure or name first, then what makes it the only one. */
  private record Row(VmProtection vm, List<String> key) {}

  /** Cuts the page out of the whole list. */
  public static ProtectionPage of(
      List<VmProtection> all, ProtectionConditions conditions, Slice<ProtectionSort> slice) {
    Comparator<List<String>> order = order(slice.descending());
    List<Row> rows =
        all.stream()
            .filter(conditions.fits())
            .map(vm -> new Row(vm, key(vm, slice.sort())))
            .sorted(Comparator.comparing(Row::key, order))
            .toList();
    int total = rows.size();
    int begin =
        slice
            .after()
            .map(
                after ->
                    (int)
                        rows.stream()
                            .filter(row -> order.compare(row.key(), after.key()) <= 0)
                            .count())
            .orElse(0);
    int end = Math.min(total, begin + slice.limit());
    List<Row> shown = rows.subList(begin, end);
    return new ProtectionPage(
        new Page<>(
            shown.stream().map(Row::vm).toList(),
            end < total ? Optional.of(slice.behind(rows.get(end - 1).key())) : Optional.empty()),
        total);
  }

  private static Comparator<List<String>> order(boolean descending) {
    Comparator<String> first = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing((List<String> key) -> part(key, 0), first)
        .thenComparing(key -> part(key, 1))
        .thenComparing(key -> part(key, 2))
        .thenComparing(key -> part(key, 3));
  }

  /** A caller's cursor may have fewer parts than ours. */
  private static String part(List<String> key, int index) {
    return index < key.size() ? key.get(index) : "";
  }

  private static List<String> key(VmProtection vm, ProtectionSort sort) {
    String name = NameText.sortable(vm.name());
    String id = vm.vm().vm().value();
    return switch (sort) {
      case NAME -> List.of(name, vm.name(), id);
      case LAST -> List.of(time(vm.figures().newest()), name, vm.name(), id);
      case NEXT -> List.of(time(vm.nextStart()), name, vm.name(), id);
      case POINTS -> List.of(figure(vm.figures().points()), name, vm.name(), id);
      case OWN -> List.of(figure(vm.figures().unique().bytes()), name, vm.name(), id);
    };
  }

  private static String time(Optional<Instant> instant) {
    return instant.map(one -> figure(one.toEpochMilli())).orElse("");
  }

  private static String figure(long value) {
    return "%019d".formatted(value);
  }
}
