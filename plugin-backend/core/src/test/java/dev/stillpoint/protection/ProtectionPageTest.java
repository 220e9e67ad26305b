package dev.stillpoint.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Cursor;
import dev.stillpoint.page.Slice;
import dev.stillpoint.protection.VmProtection.State;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionPageTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final List<VmProtection> vms =
      new ArrayList<>(
          List.of(
              vm("a", "web10", State.PROTECTED, 3, 40),
              vm("b", "Web2", State.UNPROTECTED, 0, 0),
              vm("c", "数据库", State.WAITING, 0, 0),
              vm("d", "old", State.GONE, 12, 7)));

  private static VmProtection vm(String id, String name, State state, int points, long own) {
    Optional<Instant> newest =
        points == 0 ? Optional.empty() : Optional.of(NOON.minusSeconds(points));
    return new VmProtection(
        new VmRef(new SiteId("s"), new VmId(id)),
        name,
        state,
        Reason.of(ReasonCode.NO_POLICY),
        List.of(),
        state == State.WAITING ? Optional.of(NOON) : Optional.empty(),
        new VmFigures(
            name, points, newest, newest, ByteCount.ofBytes(own), ByteCount.ZERO, ByteCount.ZERO));
  }

  private static Slice<ProtectionSort> by(String sort, int limit) {
    return Slice.parse(ProtectionSort.values(), sort, limit, Optional.empty());
  }

  private List<String> found(ProtectionConditions conditions, Slice<ProtectionSort> slice) {
    return ProtectionPage.of(vms, conditions, slice).page().items().stream()
        .map(VmProtection::name)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "name, old Web2 web10 数据库",
    "-name, 数据库 web10 Web2 old",
    "last, Web2 数据库 old web10",
    "-last, web10 old Web2 数据库",
    "-next, 数据库 old Web2 web10",
    "points, Web2 数据库 web10 old",
    "-own, web10 old Web2 数据库",
  })
  void ordersAsAsked(String sort, String names) {
    assertThat(found(ProtectionConditions.NONE, by(sort, 9))).containsExactly(names.split(" "));
  }

  @Test
  void filtersByNameStateIdsAndPoints() {
    assertThat(
            found(
                new ProtectionConditions(Optional.of("WEB"), Set.of(), Set.of(), false),
                by("name", 9)))
        .containsExactly("Web2", "web10");
    assertThat(
            found(
                new ProtectionConditions(
                    Optional.empty(), Set.of(State.GONE, State.WAITING), Set.of(), false),
                by("name", 9)))
        .containsExactly("old", "数据库");
    assertThat(
            found(
                new ProtectionConditions(
                    Optional.empty(), Set.of(), Set.of(new VmId("c"), new VmId("x")), false),
                by("name", 9)))
        .containsExactly("数据库");
    assertThat(
            found(
                new ProtectionConditions(Optional.of("e"), Set.of(), Set.of(), true),
                by("name", 9)))
        .containsExactly("web10");
  }

  @ParameterizedTest
  @CsvSource({"name", "-name", "-points", "last"})
  void pagesHoldEachVmOnceAlsoWhereAllIsEqual(String sort) {
    vms.clear();
    IntStream.range(0, 25).forEach(i -> vms.add(vm("vm-" + i, "same", State.WAITING, 0, 0)));
    List<VmId> seen = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    do {
      Slice<ProtectionSort> slice =
          Slice.parse(ProtectionSort.values(), sort, 10, after.map(Cursor::text));
      ProtectionPage found = ProtectionPage.of(vms, ProtectionConditions.NONE, slice);
      assertThat(found.total()).isEqualTo(25);
      found.page().items().forEach(vm -> seen.add(vm.vm().vm()));
      after = found.page().next();
    } while (after.isPresent());
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void aPageGoesOnBehindItsPlaceThoughVmsCameAndWent() {
    ProtectionPage first = ProtectionPage.of(vms, ProtectionConditions.NONE, by("name", 2));
    vms.removeIf(vm -> vm.name().equals("Web2"));
    vms.add(vm("e", "aaa", State.WAITING, 0, 0));
    ProtectionPage second =
        ProtectionPage.of(
            vms, ProtectionConditions.NONE, by("name", 2).after(first.page().next().orElseThrow()));
    assertThat(second.page().items())
        .extracting(VmProtection::name)
        .containsExactly("web10", "数据库");
    assertThat(second.page().next()).isEmpty();
  }

  @Test
  void aPlaceOfSomebodysOwnMakingIsAPlaceToo() {
    assertThat(found(ProtectionConditions.NONE, by("name", 9).after(new Cursor("name", List.of()))))
        .hasSize(4);
    assertThat(
            found(
                ProtectionConditions.NONE,
                by("name", 9).after(new Cursor("name", List.of("\uffff", "", "", "", "x")))))
        .isEmpty();
  }
}
