package dev.stillpoint.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Fills the tables that lists are read from: of 10,000 VMs one restore point a day for 100 days,
 * made by 500 policies at 2 sites, ten VMs in a run. The same statements for SQLite and PostgreSQL.
 */
final class ListRows {

  static final int VMS = 10_000;
  static final int POLICIES = 500;
  private static final int POINTS = 1_000_000;
  private static final int DOCUMENT_LENGTH = 2000;

  private static final String COUNT =
      "with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < %d)"
          + " ";

  /** Day {@code i / 10000} of four months of 25 days, the VMs of a day eight seconds apart. */
  private static final String TIME =
      "'2026-' || substr(cast(101 + i / 250000 as text), 2, 2)"
          + " || '-' || substr(cast(101 + i / 10000 % 25 as text), 2, 2)"
          + " || 'T' || substr(cast(100 + i % 10000 * 8 / 3600 as text), 2, 2)"
          + " || ':' || substr(cast(100 + i % 10000 * 8 / 60 % 60 as text), 2, 2)"
          + " || ':' || substr(cast(100 + i % 10000 * 8 % 60 as text), 2, 2) || '.000000000Z'";

  private static final int SPACE_DAYS = 60;

  private final Connection connection;

  ListRows(Connection connection) {
    this.connection = connection;
  }

  void fill() throws SQLException {
    boolean sqlite = connection.getMetaData().getDatabaseProductName().equals("SQLite");
    if (sqlite) {
      // Only to be quicker: what is lost is made again.
      execute("pragma journal_mode = off");
      execute("pragma synchronous = off");
      execute("pragma cache_size = -500000");
      execute("pragma temp_store = memory");
    }
    // Rows that come in one order and lie in another in ten indexes take hours; sorted once,
    // minutes.
    Map<String, String> indexes = indexes(sqlite);
    for (String name : indexes.keySet()) {
      execute("drop index " + name);
    }
    connection.setAutoCommit(false);
    points();
    runs();
    insert(
        VMS,
        "insert into vm_states (site, vm, vm_name, run, state, ended, good, problem) select"
            + " 'site-' || (i % 2), 'vm-' || i, 'name ' || i, 'run-' || (99000 + i / 10),"
            + " case when i % 50 = 0 then 'FAILED' else 'SUCCEEDED' end, "
            + TIME
            + ", case when i % 50 = 0 then null else "
            + TIME
            + " end, null from n");
    kept();
    insert(
        100_000,
        "insert into audit (noted, actor, action, subject, result, detail) select "
            + TIME.replace("i /", "i * 10 /").replace("i %", "i * 10 %")
            + ", case when i % 20 = 0 then 'clerk-' || (i % 100) else 'server' end,"
            + " 'run.end', 'runs/run-' || i, 'DONE', 'succeeded' from n");
    for (String index : indexes.values()) {
      execute(index);
    }
    connection.commit();
    connection.setAutoCommit(true);
    execute("analyze");
  }

  /** The statements that make them, by name; without those that belong to keys. */
  private Map<String, String> indexes(boolean sqlite) throws SQLException {
    String sql =
        sqlite
            ? "select name, sql from sqlite_master where type = 'index' and sql is not null"
                + " and tbl_name in ('restore_points', 'runs', 'run_vms', 'vm_states', 'audit', 'kept_points')"
            : "select indexname, indexdef from pg_indexes where schemaname = current_schema() and"
                + " tablename in ('restore_points', 'runs', 'run_vms', 'vm_states', 'audit', 'kept_points') and"
                + " indexdef not like 'CREATE UNIQUE%'";
    Map<String, String> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void points() throws SQLException {
    String sql =
        COUNT.formatted(POINTS - 1)
            + "insert into restore_points (id, site, vm, vm_name, point_time, created, run,"
            + " document, policy, mode, state, consistency, disk_count, bytes_virtual, bytes_read,"
            + " bytes_stored, expires) select 'p-' || i, 'site-' || (i % 2), 'vm-' || (i % 10000),"
            + " 'name ' || (i % 10000), "
            + TIME
            + ", "
            + TIME
            + ", 'run-' || (i / 10), cast(? as text), 'policy-' || (i % 10000 / 20),"
            + " case when i < 10000 then 'FULL' when i % 97 = 0 then 'MIXED' else 'INCREMENTAL' end,"
            + " case when i % 1000 = 7 then 'PARTIAL' else 'COMPLETE' end, 'CRASH', 2,"
            + " (i % 10000 * 7919 % 1000 + 1) * 1073741824, i * 7919 % 1000000 * 4096,"
            + " i * 104729 % 1000000 * 1024,"
            + " case when i % 10 = 0 then 'never' else '2027-'"
            + " || substr(cast(101 + i / 250000 as text), 2, 2) || '-'"
            + " || substr(cast(101 + i / 10000 % 25 as text), 2, 2) || 'T00:00:00.000000000Z' end"
            + " from n";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, document());
      statement.executeUpdate();
    }
  }

  /** What the ledger has of the points, and what each VM took on each of the last days. */
  private void kept() throws SQLException {
    execute(
        "insert into kept_points (id, site, vm, vm_name, policy, run, point_time, since, kind,"
            + " expires, ended, logical_bytes, stored_bytes) select id, site, vm, vm_name, policy,"
            + " run, point_time, point_time, 'DAILY', null, null, bytes_virtual, bytes_stored"
            + " from restore_points");
    insert(
        SPACE_DAYS * VMS,
        "insert into vm_space_days (day, vm, unique_bytes, shared_bytes) select '2026-0'"
            + " || (1 + i / 10000 / 25) || '-' || substr(cast(101 + i / 10000 % 25 as text), 2, 2),"
            + " 'vm-' || (i % 10000), i * 4096, 0 from n");
  }

  private void runs() throws SQLException {
    String time = TIME.replace("i /", "i * 10 /").replace("i %", "i * 10 %");
    insert(
        POINTS / 10,
        "insert into runs (id, kind, state, site, policy, created, document, started, ended,"
            + " vm_name, vm_count, bytes_read, bytes_stored, problem, subject) select 'run-' || i,"
            + " case when i % 200 = 0 then 'restore' else 'backup' end,"
            + " case when i % 100 = 0 then 'FAILED' else 'SUCCEEDED' end, 'site-' || (i % 2),"
            + " 'policy-' || (i * 10 % 10000 / 20), "
            + String.join(", ", time, "'{}'", time, time)
            + ", 'name ' || (i * 10 % 10000), 10, i * 7919 % 1000000 * 4096,"
            + " i * 104729 % 1000000 * 1024, null, 'vm-' || (i * 10 % 10000) from n");
    insert(
        1000,
        "insert into holds (point, until, reason, who, since) select 'p-' || (i * 1000), null,"
            + " 'why', 'who', '2026-01-01T00:00:00.000000000Z' from n");
    insert(
        POINTS,
        "insert into run_vms (run, position, vm, subject, vm_name, state, bytes_read,"
            + " bytes_stored) select 'run-' || (i / 10), i % 10, 'vm-' || (i % 10000),"
            + " 'vm-' || (i % 10000), 'name ' || (i % 10000), 'SUCCEEDED', 0, 0 from n");
  }

  private void insert(int count, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(COUNT.formatted(count - 1) + sql);
    }
  }

  /** As long as a small VM's; what it says is never read. */
  private static String document() {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(DOCUMENT_LENGTH, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
    return text.toString();
  }
}
