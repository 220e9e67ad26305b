package dev.stillpoint.commandline;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.offline.RepositoryCommands;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** All commands, and what happens when one fails. */
public final class CommandTree {

  private final Surroundings around;
  private final GlobalOptions options = new GlobalOptions();
  private final CommandLine commands = new CommandLine(options);

  public CommandTree(Surroundings around) {
    this.around = around;
    Session session = new Session(around, options);
    commands
        .addSubcommand("status", new StatusCommand(session))
        .addSubcommand("sites", new SitesCommand(session))
        .addSubcommand("vms", new VmsCommand(session))
        .addSubcommand("policies", new PoliciesCommand(session))
        .addSubcommand("backup", new BackupCommand(session))
        .addSubcommand("runs", new RunsCommand(session))
        .addSubcommand("points", new PointsCommand(session))
        .addSubcommand("restore", new RestoreCommand(session))
        .addSubcommand("reserve", new ReserveCommand(session))
        .addSubcommand("leftovers", new LeftoversCommand(session))
        .addSubcommand("repository", RepositoryCommands.create(around, options));
    commands
        .setOut(around.out())
        .setErr(around.err())
        .setParameterExceptionHandler(this::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
  }

  /** Does what the arguments say; the exit code. */
  public int execute(String... arguments) {
    int code = commands.execute(arguments);
    around.out().flush();
    around.err().flush();
    return code;
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
