package dev.stillpoint.notify;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Membership;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Restores;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts a run that has ended into words. Pure. */
public final class ReportWriter {

  /** Whoever runs thousands of VMs wants to see the failures, not a mail of megabytes. */
  private static final int MOST_VMS = 200;

  private static final int MOST_NAMES = 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT);

  /**
   * One VM's line.
   *
   * @param detail why, and what to do; empty when all is well
   */
  private record Line(String vm, String state, String moved, String stored, String detail) {}

  private final Run run;
  private final String policy;
  private final String site;
  private final ZoneId zone;

  private ReportWriter(Run run, String policy, String site, ZoneId zone) {
    this.run = requireNonNull(run, "run");
    this.policy = requireNonNull(policy, "policy");
    this.site = requireNonNull(site, "site");
    this.zone = requireNonNull(zone, "zone");
  }

  /**
   * @param policy its name; empty when somebody asked for the run by hand
   * @param site its name
   * @param zone in which times are shown beside UTC
   */
  public static RunReport write(Run run, String policy, String site, ZoneId zone) {
    ReportWriter writer = new ReportWriter(run, policy, site, zone);
    return new RunReport(run, writer.subject(), writer.text(), writer.html());
  }

  private String subject() {
    long all = run.vms().size();
    long well = run.vms().stream().filter(vm -> vm.state() == TaskState.SUCCEEDED).count();
    String whom = all == 1 ? "VM " + run.vms().get(0).vmName() : well + " of " + all + " VMs";
    // Line ends in a name must not become headers of a mail.
    return "[Stillpoint] %s %s: %s%s, site %s"
        .formatted(deed(), outcome(), whom, policy.isEmpty() ? "" : ", policy " + policy, site)
        .replaceAll("\\p{Cntrl}", " ");
  }

  private String text() {
    StringBuilder text = new StringBuilder(subject()).append("\n\n");
    facts().forEach(fact -> text.append("%-9s %s%n".formatted(fact.get(0) + ":", fact.get(1))));
    text.append('\n');
    for (Line line : lines()) {
      text.append("- ").append(line.vm()).append(": ").append(line.state());
      text.append(line.moved().isEmpty() ? "" : ", " + line.moved());
      text.append(line.stored().isEmpty() ? "" : ", " + line.stored() + " stored").append('\n');
      if (!line.detail().isEmpty()) {
        text.append("  ").append(line.detail().replace("\n", "\n  ")).append('\n');
      }
    }
    more().ifPresent(rest -> text.append(rest).append('\n'));
    return text.toString().replace("\r\n", "\n");
  }

  private String html() {
    StringBuilder html =
        new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>");
    html.append(escape(subject())).append("</title></head>");
    html.append("<body style=\"font-family:sans-serif;font-size:14px;color:#151515\">");
    html.append("<h1 style=\"font-size:18px;color:").append(colour(run.state())).append("\">");
    html.append(escape(deed() + " " + outcome())).append("</h1><table>");
    facts()
        .forEach(
            fact ->
                html.append("<tr><th align=\"left\">")
                    .append(escape(fact.get(0)))
                    .append("</th><td>")
                    .append(escape(fact.get(1)))
                    .append("</td></tr>"));
    html.append("</table><br><table cellpadding=\"4\" style=\"border-collapse:collapse\">");
    html.append(row("th", List.of("VM", "State", "Moved", "Stored", "Why")));
    lines()
        .forEach(
            line ->
                html.append(
                    row(
                        "td",
                        List.of(
                            line.vm(), line.state(), line.moved(), line.stored(), line.detail()))));
    html.append("</table>");
    more().ifPresent(rest -> html.append("<p>").append(escape(rest)).append("</p>"));
    return html.append("</body></html>").toString();
  }

  private static String row(String tag, List<String> cells) {
    StringBuilder row = new StringBuilder("<tr>");
    for (String cell : cells) {
      row.append('<').append(tag).append(" align=\"left\" style=\"border:1px solid #d2d2d2\">");
      row.append(escape(cell).replace("\n", "<br>")).append("</").append(tag).append('>');
    }
    return row.append("</tr>").toString();
  }

  private List<List<String>> facts() {
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Run", run.id().value()));
    facts.add(List.of("Site", site));
    if (!policy.isEmpty()) {
      facts.add(List.of("Policy", policy));
    }
    facts.addAll(members());
    run.started().ifPresent(start -> facts.add(List.of("Started", both(start))));
    run.ended().ifPresent(end -> facts.add(List.of("Ended", both(end))));
    duration().ifPresent(took -> facts.add(List.of("Took", took)));
    run.problem().ifPresent(problem -> facts.add(List.of("Problem", words(problem))));
    return facts;
  }

  private List<List<String>> members() {
    List<List<String>> facts = new ArrayList<>();
    if (run.request() instanceof BackupRequest backup && backup.members().isPresent()) {
      Membership change = backup.members().get();
      if (!change.joined().isEmpty()) {
        facts.add(List.of("Joined", names(change.joined())));
      }
      if (!change.left().isEmpty()) {
        facts.add(List.of("Left", names(change.left())));
      }
    }
    return facts;
  }

  private static String names(List<BackupRequest.NamedVm> vms) {
    int rest = vms.size() - MOST_NAMES;
    return vms.stream()
            .limit(MOST_NAMES)
            .map(BackupRequest.NamedVm::name)
            .collect(Collectors.joining(", "))
        + (rest > 0 ? " and " + rest + " more" : "");
  }

  private String both(Instant time) {
    String utc = TIME.format(time.atZone(ZoneOffset.UTC)).replace(" Z", " UTC");
    boolean same = zone.getRules().getOffset(time).equals(ZoneOffset.UTC);
    return same ? utc : utc + " (" + TIME.format(time.atZone(zone)) + ")";
  }

  private Optional<String> duration() {
    if (run.started().isEmpty() || run.ended().isEmpty()) {
      return Optional.empty();
    }
    Duration took = Duration.between(run.started().get(), run.ended().get());
    return Optional.of(
        "%d:%02d:%02d".formatted(took.toHours(), took.toMinutesPart(), took.toSecondsPart()));
  }

  /** What went wrong first. */
  private List<Line> lines() {
    return run.vms().stream()
        .sorted(Comparator.comparing((VmTask vm) -> vm.state() == TaskState.SUCCEEDED))
        .limit(MOST_VMS)
        .map(this::line)
        .toList();
  }

  private Optional<String> more() {
    int rest = run.vms().size() - MOST_VMS;
    return rest > 0 ? Optional.of("… and " + rest + " VMs more: see the run.") : Optional.empty();
  }

  private Line line(VmTask vm) {
    List<String> details = new ArrayList<>();
    vm.problem().ifPresent(problem -> details.add(words(problem)));
    details.addAll(vm.notes());
    boolean moved = !vm.disks().isEmpty();
    return new Line(
        vm.vmName(),
        vm.state().name().toLowerCase(Locale.ROOT),
        moved ? sum(vm, DiskTask::moved) + (isRestore() ? " written" : " read") : "",
        moved && !isRestore() ? sum(vm, DiskTask::stored).toString() : "",
        String.join("\n", details));
  }

  private static ByteCount sum(VmTask vm, Function<DiskTask, ByteCount> amount) {
    return vm.disks().stream().map(amount).reduce(ByteCount.ZERO, ByteCount::plus);
  }

  private static String words(Problem problem) {
    return problem.remedy().isEmpty()
        ? problem.detail()
        : problem.detail() + ". " + problem.remedy();
  }

  private String deed() {
    return isRestore() ? "Restore" : "Backup";
  }

  private boolean isRestore() {
    return run.request() instanceof Restores;
  }

  private String outcome() {
    return switch (run.state()) {
      case SUCCEEDED -> "succeeded";
      case WARNING -> "ended with warnings";
      case CANCELLED -> "was cancelled";
      default -> "failed";
    };
  }

  private static String colour(RunState state) {
    return switch (state) {
      case SUCCEEDED -> "#3e8635";
      case WARNING, CANCELLED -> "#795600";
      default -> "#c9190b";
    };
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
