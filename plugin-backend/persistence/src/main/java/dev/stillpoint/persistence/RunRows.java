package dev.stillpoint.persistence;

import dev.stillpoint.history.RunLine;
import dev.stillpoint.history.RunVmLine;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What lists show of runs, written with their documents and in the same transaction. */
final class RunRows {

  private RunRows() {}

  /** When a run was asked for, and whenever it changes. */
  static void write(Handle handle, Run run) {
    RunLine line = RunLine.of(run);
    handle
        .createUpdate(
            "update runs set policy = :policy, started = :started, ended = :ended,"
                + " vm_name = :vmName, vm_count = :vmCount, bytes_read = :read,"
                + " bytes_stored = :stored, problem = :problem where id = :id")
        .bind("id", run.id().value())
        .bind("policy", Columns.text(line.policy().map(PolicyId::value)))
        .bind("started", Columns.time(line.started()))
        .bind("ended", Columns.time(line.ended()))
        .bind("vmName", line.vmName())
        .bind("vmCount", line.vmCount())
        .bind("read", line.read().bytes())
        .bind("stored", line.stored().bytes())
        .bind("problem", Columns.text(line.problem()))
        .execute();
  }

  /** When it was asked for, and when it has ended: between, a run of many VMs changes too often. */
  static void writeVms(Handle handle, Run run) {
    List<RunVmLine> lines = RunVmLine.of(run);
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into run_vms (run, position, vm, subject, vm_name, state, point, bytes_read,"
                + " bytes_stored, problem) values (:run, :position, :vm,"
                + " coalesce((select vm from restore_points where id = :point), :vm), :vmName,"
                + " :state, :point, :read, :stored, :problem) on conflict (run, position) do update"
                + " set vm = excluded.vm, subject = excluded.subject, vm_name = excluded.vm_name,"
                + " state = excluded.state, point = excluded.point,"
                + " bytes_read = excluded.bytes_read, bytes_stored = excluded.bytes_stored,"
                + " problem = excluded.problem");
    for (int i = 0; i < lines.size(); i++) {
      bind(batch, lines.get(i)).bind("position", i).add();
    }
    batch.execute();
    handle.execute(
        "update runs set subject = (select subject from run_vms where run = ? and position = 0)"
            + " where id = ?",
        run.id().value(),
        run.id().value());
    if (run.state().isFinal() && RunLine.Kind.of(run) == RunLine.Kind.BACKUP) {
      writeStates(handle, run, lines);
    }
  }

  /** A run that ended earlier than the one that is known already changes nothing. */
  private static void writeStates(Handle handle, Run run, List<RunVmLine> lines) {
    Instant ended = run.ended().orElse(run.created());
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into vm_states (site, vm, vm_name, run, state, ended, good, point, problem)"
                + " values (:site, :vm, :vmName, :run, :state, :ended, :good, :point, :problem)"
                + " on conflict (site, vm) do update set vm_name = excluded.vm_name,"
                + " run = excluded.run, state = excluded.state, ended = excluded.ended,"
                + " good = coalesce(excluded.good, vm_states.good),"
                + " point = coalesce(excluded.point, vm_states.point),"
                + " problem = excluded.problem where excluded.ended >= vm_states.ended");
    for (RunVmLine line : lines) {
      bind(batch, line)
          .bind("site", run.site().value())
          .bind("ended", InstantText.of(ended))
          .bind("good", line.point().isPresent() ? InstantText.of(ended) : null)
          .add();
    }
    batch.execute();
  }

  private static PreparedBatch bind(PreparedBatch batch, RunVmLine line) {
    return batch
        .bind("run", line.run().value())
        .bind("vm", Columns.text(line.vm().map(VmId::value)))
        .bind("vmName", line.vmName())
        .bind("state", line.state().name())
        .bind("point", Columns.text(line.point().map(RestorePointId::value)))
        .bind("read", line.read().bytes())
        .bind("stored", line.stored().bytes())
        .bind("problem", Columns.text(line.problem()));
  }
}
