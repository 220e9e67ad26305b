package dev.stillpoint.benchmarks;

import dev.stillpoint.audit.AuditConditions;
import dev.stillpoint.audit.AuditSort;
import dev.stillpoint.catalog.PointConditions;
import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.catalog.PointSort;
import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunSort;
import dev.stillpoint.history.VmConditions;
import dev.stillpoint.history.VmSort;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.persistence.PostgresAddress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures the first page of every list with a million restore points; {@code lists.sh} calls it.
 *
 * <pre>
 * ListBench FILE                     a new SQLite database
 * ListBench jdbc:postgresql://… USER an empty PostgreSQL database, without a password
 * </pre>
 *
 * Ends with 3 when the 95th percentile of a list is over the target.
 */
public final class ListBench {

  private static final int PAGE = 50;
  private static final int TIMES = 200;
  private static final int TARGET_MILLIS = 50;

  private final Database database;
  private final Random random = new Random(7);

  private ListBench(Database database) {
    this.database = database;
  }

  public static void main(String[] arguments) throws SQLException {
    boolean postgres = arguments[0].startsWith("jdbc:postgresql:");
    String url = postgres ? arguments[0] : "jdbc:sqlite:" + arguments[0];
    String user = postgres ? arguments[1] : "";
    open(arguments, postgres).close();
    long from = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url, user, "")) {
      new ListRows(connection).fill();
    }
    PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
    out.printf(Locale.ROOT, "filled in %d s%n", (System.nanoTime() - from) / 1_000_000_000);
    boolean met;
    try (Database database = open(arguments, postgres)) {
      met = new ListBench(database).measure(out);
    }
    out.flush();
    System.exit(met ? 0 : 3);
  }

  private static Database open(String[] arguments, boolean postgres) {
    return postgres
        ? Database.open(new PostgresAddress(arguments[0], arguments[1], Optional.empty()))
        : Database.open(Path.of(arguments[0]));
  }

  private boolean measure(PrintStream out) {
    out.println("| list | median ms | 95 % ms | worst ms |");
    out.println("|---|---|---|---|");
    boolean met = true;
    for (Map.Entry<String, Runnable> list : lists().entrySet()) {
      met &= measure(out, list.getKey(), list.getValue(), TIMES) <= TARGET_MILLIS;
    }
    ProtectionBench protection = new ProtectionBench(database);
    met &=
        measure(out, "a page of VMs and their protection", protection::page, TIMES)
            <= TARGET_MILLIS;
    met &= measure(out, "how 200 VMs grow", protection::growth, TIMES) <= TARGET_MILLIS;
    measure(out, "what the points of all VMs come to, after each change", protection::figures, 10);
    return met;
  }

  /**
   * @return the 95th percentile, milliseconds
   */
  private static double measure(PrintStream out, String name, Runnable list, int times) {
    double[] millis = new double[times];
    list.run();
    for (int i = 0; i < times; i++) {
      long from = System.nanoTime();
      list.run();
      millis[i] = (System.nanoTime() - from) / 1e6;
    }
    Arrays.sort(millis);
    double high = millis[times * 95 / 100];
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f%s | %.1f |%n",
        name,
        millis[times / 2],
        high,
        high > TARGET_MILLIS ? " (over)" : "",
        millis[times - 1]);
    return high;
  }

  private Map<String, Runnable> lists() {
    Map<String, Runnable> lists = new LinkedHashMap<>();
    points(lists);
    runs(lists);
    lists.put("VMs by name", () -> states(VmConditions.NONE, VmSort.NAME));
    lists.put("VMs whose last backup ended first", () -> states(VmConditions.NONE, VmSort.ENDED));
    lists.put(
        "VMs whose last backup failed",
        () ->
            states(
                new VmConditions(none(), none(), none(), Optional.of(TaskState.FAILED), none()),
                VmSort.NAME));
    lists.put(
        "VMs without a good backup since a day",
        () ->
            states(
                new VmConditions(
                    none(),
                    none(),
                    none(),
                    none(),
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z"))),
                VmSort.NAME));
    lists.put(
        "VMs of a tenant with 200",
        () ->
            states(
                new VmConditions(none(), none(), Optional.of(tenant()), none(), none()),
                VmSort.NAME));
    lists.put("audit log, the newest", () -> audit(AuditConditions.NONE));
    lists.put(
        "audit log of a person",
        () ->
            audit(
                new AuditConditions(
                    Optional.of("clerk-20"), none(), none(), none(), none(), none())));
    return lists;
  }

  private void points(Map<String, Runnable> lists) {
    Instant day = Instant.parse("2026-02-10T00:00:00Z");
    Optional<SiteId> site = Optional.of(new SiteId("site-1"));
    lists.put("points, the newest", () -> points(PointConditions.NONE, PointSort.TIME));
    lists.put("points, a page in the middle", this::middle);
    for (PointSort sort : PointSort.values()) {
      String by = ", by " + sort.name().toLowerCase(Locale.ROOT);
      lists.put("points" + by, () -> points(PointConditions.NONE, sort));
      lists.put("points of a site" + by, () -> points(of(site, none(), none(), none()), sort));
      lists.put(
          "points of a policy" + by,
          () -> points(of(none(), none(), none(), Optional.of(policy())), sort));
      lists.put(
          "points of a VM" + by,
          () -> points(of(none(), Optional.of(vm().value()), none(), none()), sort));
      lists.put(
          "points of a tenant with 200 VMs" + by,
          () -> points(of(site, none(), Optional.of(tenant()), none()), sort));
    }
    lists.put(
        "points of a day",
        () ->
            points(
                bounded(Optional.of(day), Optional.of(day.plusSeconds(86_400))), PointSort.TIME));
    lists.put(
        "points before a day", () -> points(bounded(none(), Optional.of(day)), PointSort.TIME));
    lists.put(
        "points that lack disks",
        () -> points(kind(none(), Optional.of(PointLine.State.PARTIAL), none()), PointSort.TIME));
    lists.put(
        "points read in full",
        () -> points(kind(Optional.of(PointLine.Mode.FULL), none(), none()), PointSort.TIME));
    lists.put(
        "points of large VMs (0.1 %)",
        () ->
            points(kind(none(), none(), Optional.of(ByteCount.ofGibibytes(1000))), PointSort.TIME));
    lists.put(
        "points larger than all",
        () ->
            points(kind(none(), none(), Optional.of(ByteCount.ofGibibytes(2000))), PointSort.TIME));
  }

  private void runs(Map<String, Runnable> lists) {
    lists.put("runs, the newest", () -> runs(RunConditions.NONE, RunSort.TIME));
    lists.put("runs that stored most", () -> runs(RunConditions.NONE, RunSort.STORED));
    lists.put(
        "runs of a week",
        () ->
            runs(
                new RunConditions(
                    none(),
                    none(),
                    none(),
                    none(),
                    none(),
                    none(),
                    Optional.of(Instant.parse("2026-02-01T00:00:00Z")),
                    Optional.of(Instant.parse("2026-02-08T00:00:00Z"))),
                RunSort.TIME));
    lists.put("runs of a VM", () -> runs(with(none(), none(), Optional.of(vm().value()), none())));
    lists.put("runs of a policy", () -> runs(with(none(), Optional.of(policy()), none(), none())));
    lists.put(
        "runs that failed", () -> runs(with(Optional.of(RunState.FAILED), none(), none(), none())));
    lists.put(
        "runs of a tenant with 200 VMs",
        () -> runs(with(none(), none(), none(), Optional.of(tenant()))));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static PointConditions of(
      Optional<SiteId> site,
      Optional<String> vm,
      Optional<Set<VmId>> among,
      Optional<PolicyId> policy) {
    return new PointConditions(
        site, vm, among, policy, none(), none(), none(), none(), none(), none());
  }

  private static PointConditions bounded(Optional<Instant> from, Optional<Instant> to) {
    return new PointConditions(
        none(), none(), none(), none(), none(), none(), from, to, none(), none());
  }

  private static PointConditions kind(
      Optional<PointLine.Mode> mode, Optional<PointLine.State> state, Optional<ByteCount> atLeast) {
    return new PointConditions(
        none(), none(), none(), none(), mode, state, none(), none(), atLeast, none());
  }

  private static RunConditions with(
      Optional<RunState> state,
      Optional<PolicyId> policy,
      Optional<String> vm,
      Optional<Set<VmId>> among) {
    return new RunConditions(none(), none(), state, policy, vm, among, none(), none());
  }

  private PolicyId policy() {
    return new PolicyId("policy-" + random.nextInt(ListRows.POLICIES));
  }

  private VmId vm() {
    return new VmId("vm-" + random.nextInt(ListRows.VMS));
  }

  /** The VMs of twenty runs that follow each other. */
  private Set<VmId> tenant() {
    int first = 1 + 10 * random.nextInt(ListRows.VMS / 10 - 20);
    return random
        .ints(200, first, first + 200)
        .mapToObj(i -> new VmId("vm-" + i))
        .collect(Collectors.toSet());
  }

  private void points(PointConditions conditions, PointSort sort) {
    database.pointList(InstantSource.system()).page(conditions, Slice.first(sort, true, PAGE));
  }

  private void middle() {
    Slice<PointSort> slice = Slice.first(PointSort.TIME, true, PAGE);
    String time = "2026-02-%02dT12:00:00.000000000Z".formatted(1 + random.nextInt(25));
    read(
        slice.after(slice.behind(java.util.List.of(time, time, "p-1"))),
        page -> database.pointList(InstantSource.system()).page(PointConditions.NONE, page));
  }

  private static <S extends Enum<S>> void read(Slice<S> slice, Function<Slice<S>, Page<?>> list) {
    if (list.apply(slice).items().size() != slice.limit()) {
      throw new IllegalStateException("The middle of the list is not where it was thought to be");
    }
  }

  private void runs(RunConditions conditions) {
    runs(conditions, RunSort.TIME);
  }

  private void runs(RunConditions conditions, RunSort sort) {
    database.history().runs(conditions, Slice.first(sort, true, PAGE));
  }

  private void states(VmConditions conditions, VmSort sort) {
    database.history().states(conditions, Slice.first(sort, false, PAGE));
  }

  private void audit(AuditConditions conditions) {
    database.audit().page(conditions, Slice.first(AuditSort.TIME, true, PAGE));
  }
}
