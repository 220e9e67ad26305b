package dev.stillpoint.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunHistory;
import dev.stillpoint.history.RunSort;
import dev.stillpoint.history.RunVmLine;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs as a table for spreadsheets (RFC 4180), a row for each VM, read page by page. */
final class RunsCsv implements StreamingOutput {

  private static final String HEAD =
      "run,kind,site,policy,vm,vmName,state,created,started,ended,seconds,bytesRead,bytesStored,"
          + "point,problem\r\n";

  private final RunHistory history;
  private final RunConditions conditions;
  private final Slice<RunSort> whole;

  RunsCsv(RunHistory history, RunConditions conditions, Slice<RunSort> whole) {
    this.history = history;
    this.conditions = conditions;
    this.whole = whole;
  }

  @Override
  public void write(OutputStream output) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
    out.write(HEAD);
    Optional<Slice<RunSort>> slice = Optional.of(whole);
    while (slice.isPresent()) {
      Page<RunVmLine> page = history.vms(conditions, slice.get());
      for (RunVmLine line : page.items()) {
        out.write(row(line));
      }
      slice = page.next().map(slice.get()::after);
    }
    out.flush();
  }

  private static String row(RunVmLine line) {
    return List.of(
                line.run().value(),
                line.kind().name().toLowerCase(Locale.ROOT),
                line.site().value(),
                line.policy().map(PolicyId::value).orElse(""),
                line.vm().map(VmId::value).orElse(""),
                line.vmName(),
                line.state().name().toLowerCase(Locale.ROOT),
                line.created().toString(),
                line.started().map(Instant::toString).orElse(""),
                line.ended().map(Instant::toString).orElse(""),
                line.started()
                    .flatMap(from -> line.ended().map(to -> seconds(from, to)))
                    .orElse(""),
                Long.toString(line.read().bytes()),
                Long.toString(line.stored().bytes()),
                line.point().map(RestorePointId::value).orElse(""),
                line.problem().orElse(""))
            .stream()
            .map(RunsCsv::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String seconds(Instant from, Instant to) {
    return Double.toString(Duration.between(from, to).toMillis() / 1000.0);
  }

  /**
   * A name that a spreadsheet would take for a formula gets an apostrophe in front: whoever names a
   * VM must not compute on the desk of whoever reads the table.
   */
  static String cell(String value) {
    String safe = value.matches("(?s)[=+@\\t\\r-].*") ? "'" + value : value;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
