package dev.stillpoint.commandline;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.offline.RepositoryCommands;
import dev.stillpoint.simulation.SimulateCommand;
import dev.stillpoint.terminal.CommandSet;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** All commands, and what happens when one fails. */
public final class CommandTree {

  private final Surroundings around;
  private final GlobalOptions options = new GlobalOptions();

  public CommandTree(Surroundings around) {
    this.around = around;
  }

  /** Does what the arguments say; the exit code. */
  public int execute(String... arguments) {
    CommandLine program = new CommandLine(options);
    commands(List.of(arguments)).addTo(program, List.of(arguments));
    program
        .setOut(around.out())
        .setErr(around.err())
        .setParameterExceptionHandler(this::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    int code = program.execute(arguments);
    around.out().flush();
    around.err().flush();
    return code;
  }

  private CommandSet commands(List<String> arguments) {
    Session session = new Session(around, options);
    return new CommandSet()
        .with("status", () -> new StatusCommand(session))
        .with("sites", () -> new SitesCommand(session))
        .with("vms", () -> new VmsCommand(session))
        .with("groups", () -> new GroupsCommand(session))
        .with("overview", () -> new OverviewCommand(session))
        .with("policies", () -> RetentionCommands.addTo(new PoliciesCommand(session), session))
        .with("slots", () -> new SlotsCommand(session))
        .with("backup", () -> new BackupCommand(session))
        .with("runs", () -> new RunsCommand(session))
        .with("points", () -> PointKeeping.addTo(new PointsCommand(session), session))
        .with("restore", () -> new RestoreCommand(session))
        .with("drive", () -> new DriveCommand(session))
        .with("reserve", () -> new ReserveCommand(session))
        .with("leftovers", () -> new LeftoversCommand(session))
        .with("notices", () -> new NoticesCommand(session))
        .with("audit", () -> new AuditCommand(session))
        .with("simulate", () -> new SimulateCommand(around, options))
        .with("collect", () -> new CollectCommand(session))
        .with("metering", () -> new MeteringCommand(session))
        .with(
            "repository",
            () ->
                RepositoryCommands.create(around, options, arguments)
                    .addSubcommand("status", new RepositoryStatusCommand(session)));
  }

  private int wrongUsage(ParameterException e, String[] arguments) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    say(e.getMessage(), "See: " + command + " --help");
    return ExitCode.USAGE;
  }

  private int failed(Exception e) {
    int code = ExitCode.INTERNAL;
    if (e instanceof StillpointException known) {
      say(known.getMessage(), known.remedy());
      known.place().ifPresent(place -> around.err().println("See: " + PlaceCommand.of(place)));
      code = ExitCode.of(known.kind());
    } else {
      say(
          "A defect of the command line: " + e,
          "Please report it, with what this prints: the same command with --debug.");
    }
    if (options.debug()) {
      e.printStackTrace(around.err());
    }
    return code;
  }

  private void say(String detail, String remedy) {
    PrintWriter err = around.err();
    err.println("stillpoint: " + Wording.harmless(detail.strip()));
    if (!remedy.isBlank()) {
      err.println(Wording.harmless(remedy.strip()));
    }
  }
}
