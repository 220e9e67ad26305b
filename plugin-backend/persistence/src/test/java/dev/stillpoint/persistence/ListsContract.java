package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.audit.AuditConditions;
import dev.stillpoint.audit.AuditEntry;
import dev.stillpoint.audit.AuditEntry.Result;
import dev.stillpoint.audit.AuditSort;
import dev.stillpoint.catalog.PointConditions;
import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.catalog.PointList;
import dev.stillpoint.catalog.PointSort;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Cursor;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.testing.Samples;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the lists of restore points and the audit log do on every database. */
abstract class ListsContract {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final SiteId OTHER_SITE = new SiteId("site-2");

  /** The same database, empty at the beginning of each test. */
  abstract Database database();

  private PointList points() {
    return database().pointList(InstantSource.fixed(NOON));
  }

  private static Slice<PointSort> newest(int limit) {
    return Slice.first(PointSort.TIME, true, limit);
  }

  private List<String> ids(PointConditions conditions) {
    return points().page(conditions, newest(100)).items().stream()
        .map(line -> line.id().value())
        .toList();
  }

  private static <T, S extends Enum<S>> List<T> all(
      Slice<S> first, Function<Slice<S>, Page<T>> list) {
    List<T> all = new ArrayList<>();
    Optional<Slice<S>> slice = Optional.of(first);
    while (slice.isPresent()) {
      Slice<S> now = slice.get();
      Page<T> page = list.apply(now);
      assertThat(page.items()).as("no page is empty but that of an empty list").isNotEmpty();
      all.addAll(page.items());
      slice = page.next().map(Cursor::text).map(Cursor::parse).map(now::after);
    }
    return all;
  }

  private static PointConditions conditions(
      Optional<SiteId> site,
      Optional<String> vm,
      Optional<Set<VmId>> among,
      Optional<PolicyId> policy) {
    return new PointConditions(
        site,
        vm,
        among,
        policy,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void tellsOfAPointWhatALineShows() {
    database().catalog().add(Samples.richPoint("rich"));
    PointLine line = points().page(PointConditions.NONE, newest(1)).items().get(0);
    assertThat(line).isEqualTo(PointLine.of(Samples.richPoint("rich")));
    assertThat(line.mode()).isEqualTo(PointLine.Mode.MIXED);
    assertThat(line.size()).as("more than a number holds").isEqualTo(new ByteCount(Long.MAX_VALUE));
    assertThat(line.vmName()).isEqualTo(Samples.ODD_NAME);
  }

  @Test
  void tellsWhenAPointExpiresAndWhetherItIsHeldNow() {
    database().catalog().add(expiring("a", Optional.of(NOON.plusSeconds(60))));
    database().catalog().add(expiring("b", Optional.empty()));
    database().catalog().add(expiring("c", Optional.of(NOON.plusSeconds(30))));
    hold("a", Optional.of(NOON));
    hold("b", Optional.of(NOON.plusSeconds(1)));
    hold("c", Optional.empty());

    List<PointLine> lines =
        points().page(PointConditions.NONE, Slice.first(PointSort.EXPIRES, false, 9)).items();

    assertThat(lines).extracting(line -> line.id().value()).containsExactly("c", "a", "b");
    assertThat(lines)
        .extracting(PointLine::expires)
        .containsExactly(
            Optional.of(NOON.plusSeconds(30)), Optional.of(NOON.plusSeconds(60)), Optional.empty());
    assertThat(lines).extracting(PointLine::held).containsExactly(true, false, true);
    assertThat(
            all(
                Slice.first(PointSort.EXPIRES, true, 1),
                slice -> points().page(PointConditions.NONE, slice)))
        .extracting(line -> line.id().value())
        .containsExactly("b", "a", "c");
  }

  private static RestorePoint expiring(String id, Optional<Instant> expires) {
    RestorePoint point = Samples.richPoint(id);
    return new RestorePoint(
        point.id(),
        point.site(),
        point.run(),
        point.policy(),
        point.time(),
        point.created(),
        point.checkpoint(),
        point.consistency(),
        point.disks(),
        point.leftOut(),
        point.settings(),
        point.group(),
        Optional.of(new Lifetime(NOON, RunKind.DAILY, expires)));
  }

  private void hold(String point, Optional<Instant> until) {
    database().holds().put(new Hold(new RestorePointId(point), until, "why", "who", NOON));
  }

  @Test
  void followsAPointThatIsReplacedOrRemoved() {
    database().catalog().add(Samples.point("p", "vm-1", NOON));
    database().catalog().add(Samples.point(OTHER_SITE, "p", "vm-2", "mail", NOON));
    assertThat(ids(conditions(Optional.of(OTHER_SITE), none(), none(), none())))
        .containsExactly("p");
    database().catalog().remove(new RestorePointId("p"));
    assertThat(ids(PointConditions.NONE)).isEmpty();
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  @Test
  void showsOnlyWhatMeetsEveryCondition() {
    database().catalog().add(Samples.point(Samples.SITE, "a", "vm-1", "web", NOON));
    database().catalog().add(Samples.point(Samples.SITE, "b", "vm-2", "web", NOON.plusSeconds(1)));
    database().catalog().add(Samples.point(OTHER_SITE, "c", "vm-1", "web", NOON.plusSeconds(2)));
    database().catalog().add(Samples.richPoint("rich"));
    Optional<SiteId> here = Optional.of(Samples.SITE);
    assertThat(ids(conditions(here, Optional.of("web"), none(), none()))).containsExactly("b", "a");
    assertThat(ids(conditions(none(), Optional.of("vm-1"), none(), none())))
        .containsExactly("c", "a", "rich");
    assertThat(ids(conditions(here, none(), Optional.of(Set.of(new VmId("vm-2"))), none())))
        .containsExactly("b");
    assertThat(ids(conditions(none(), none(), Optional.of(Set.of()), none()))).isEmpty();
    assertThat(ids(conditions(none(), none(), none(), Optional.of(new PolicyId("policy-1")))))
        .containsExactly("rich");
  }

  @Test
  void boundsPointsByTheirTimeSizeAndKind() {
    database().catalog().add(Samples.point("a", "vm-1", NOON));
    database().catalog().add(Samples.point("b", "vm-1", NOON.plusSeconds(1)));
    database().catalog().add(Samples.richPoint("rich"));
    assertThat(ids(bounded(Optional.of(NOON), Optional.of(NOON.plusSeconds(1)), none())))
        .as("from is the first, to is behind the last")
        .containsExactly("a");
    assertThat(ids(bounded(none(), none(), Optional.of(ByteCount.ofBytes(1)))))
        .containsExactly("rich");
  }

  private static PointConditions bounded(
      Optional<Instant> from, Optional<Instant> to, Optional<ByteCount> atLeast) {
    return new PointConditions(
        none(), none(), none(), none(), none(), none(), from, to, atLeast, none());
  }

  @Test
  void goesThroughEveryPointOnceInWhateverOrder() {
    IntStream.range(0, 23)
        .forEach(
            i ->
                database()
                    .catalog()
                    .add(
                        Samples.point(
                            Samples.SITE,
                            "p" + i,
                            "vm-" + i % 3,
                            i % 2 == 0 ? "Zebra" : "zebra " + i % 3,
                            NOON.plusSeconds(i / 4))));
    for (PointSort sort : PointSort.values()) {
      for (boolean descending : new boolean[] {true, false}) {
        List<PointLine> paged =
            all(
                Slice.first(sort, descending, 5),
                slice -> points().page(PointConditions.NONE, slice));
        List<PointLine> whole =
            points().page(PointConditions.NONE, Slice.first(sort, descending, 100)).items();
        assertThat(paged).as(sort + " " + descending).hasSize(23).isEqualTo(whole);
        assertThat(paged).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aPageIsNotMovedByWhatComesOrGoesBeforeIt() {
    IntStream.range(0, 6)
        .forEach(
            i -> database().catalog().add(Samples.point("p" + i, "vm-1", NOON.plusSeconds(i))));
    Page<PointLine> first = points().page(PointConditions.NONE, newest(3));
    database().catalog().add(Samples.point("new", "vm-1", NOON.plusSeconds(100)));
    database().catalog().remove(new RestorePointId("p3"));
    assertThat(
            points()
                .page(PointConditions.NONE, newest(3).after(first.next().orElseThrow()))
                .items())
        .extracting(line -> line.id().value())
        .containsExactly("p2", "p1", "p0");
  }

  @Test
  void refusesAPlaceThatIsNoneOfThisOrder() {
    Slice<PointSort> slice = newest(3);
    Cursor other = Slice.first(PointSort.VM, true, 3).behind(List.of("a", "b"));
    for (StillpointException refusal :
        List.of(
            catchThrowableOfType(StillpointException.class, () -> slice.after(other)),
            catchThrowableOfType(
                StillpointException.class,
                () -> points().page(PointConditions.NONE, slice.after(slice.behind(List.of("a"))))),
            catchThrowableOfType(
                StillpointException.class,
                () -> {
                  Slice<PointSort> bySize = Slice.first(PointSort.SIZE, true, 3);
                  points()
                      .page(
                          PointConditions.NONE,
                          bySize.after(bySize.behind(List.of("many", "a", "b", "c"))));
                }),
            catchThrowableOfType(StillpointException.class, () -> Cursor.parse("*")))) {
      assertThat(refusal.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
      assertThat(refusal.remedy()).contains("next");
    }
  }

  @Test
  void fillsInWhatAnEarlierStillpointDidNotKeepBesideItsDocuments() {
    database().catalog().add(Samples.richPoint("rich"));
    database().catalog().add(Samples.point("damaged", "vm-1", NOON));
    database().runs().insert(Samples.failedRestore("1"));
    database().runs().insert(Samples.queued("damaged"));
    database()
        .transactions()
        .write(
            handle -> {
              handle.execute(
                  "update restore_points set mode = null, state = null, disk_count = null,"
                      + " bytes_virtual = null, policy = null");
              handle.execute("update runs set vm_count = null, vm_name = null");
              handle.execute("update restore_points set document = '{' where id = 'damaged'");
              handle.execute("update runs set document = '{' where id = 'damaged'");
              handle.execute("delete from run_vms");
            });
    database().fillIn();
    assertThat(points().page(PointConditions.NONE, newest(9)).items())
        .containsExactly(PointLine.of(Samples.richPoint("rich")));
    List<Integer> rows =
        database()
            .transactions()
            .read(
                handle ->
                    handle.createQuery("select count(*) from run_vms").mapTo(Integer.class).list());
    assertThat(rows).containsExactly(1);
  }

  private static AuditEntry entry(String actor, String action, int second, Result result) {
    return new AuditEntry(
        NOON.plusSeconds(second), actor, action, "policies/1", result, Samples.ODD_NAME);
  }

  @Test
  void keepsWhatWasDoneAndFindsItByWhoWhatWhenAndHow() {
    AuditEntry added = entry("clerk@internal-authz", "policies.add", 0, Result.DONE);
    AuditEntry refused = entry("clerk@internal-authz", "policies.remove", 1, Result.REFUSED);
    AuditEntry own = entry(AuditEntry.SERVER, "run.end", 2, Result.FAILED);
    List.of(added, refused, own).forEach(database().audit()::add);
    assertThat(audit(AuditConditions.NONE)).containsExactly(own, refused, added);
    Optional<String> clerk = Optional.of("clerk@internal-authz");
    assertThat(audit(new AuditConditions(clerk, none(), none(), none(), none(), none())))
        .containsExactly(refused, added);
    assertThat(
            audit(
                new AuditConditions(
                    clerk,
                    Optional.of("policies.add"),
                    Optional.of("policies/1"),
                    Optional.of(Result.DONE),
                    Optional.of(NOON),
                    Optional.of(NOON.plusSeconds(1)))))
        .containsExactly(added);
    assertThat(
            all(
                Slice.first(AuditSort.TIME, true, 2),
                slice -> database().audit().page(AuditConditions.NONE, slice)))
        .containsExactly(own, refused, added);
  }

  @Test
  void forgetsWhatIsOlderAndNothingElse() {
    AuditEntry old = entry("a", "b", 0, Result.DONE);
    AuditEntry young = entry("a", "b", 5, Result.DONE);
    database().audit().add(old);
    database().audit().add(young);
    assertThat(database().audit().forgetBefore(NOON.plusSeconds(5))).isEqualTo(1);
    assertThat(audit(AuditConditions.NONE)).containsExactly(young);
  }

  private List<AuditEntry> audit(AuditConditions conditions) {
    return database().audit().page(conditions, Slice.first(AuditSort.TIME, true, 100)).items();
  }
}
