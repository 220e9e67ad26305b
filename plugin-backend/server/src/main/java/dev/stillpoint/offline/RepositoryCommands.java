package dev.stillpoint.offline;

import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code stillpoint repository …}, to be hung into the command line. */
public final class RepositoryCommands {

  private RepositoryCommands() {}

  /** All commands. Nothing is opened before one of them is executed. */
  public static CommandLine create(Surroundings around, GlobalOptions options) {
    OfflineSession session = new OfflineSession(around, options);
    return new CommandLine(new Group())
        .addSubcommand("init", new InitCommand(session))
        .addSubcommand("import", new ImportCommand(session))
        .addSubcommand("list", new ListCommand(session))
        .addSubcommand("export", new ExportCommand(session))
        .addSubcommand("compare", new CompareCommand(session))
        .addSubcommand("verify", new VerifyCommand(session))
        .addSubcommand("expire", new ExpireCommand(session))
        .addSubcommand("serve", new ServeCommand(session));
  }

  @Command(
      description = {
        "Works on a repository's directory itself.",
        "Needs no server, no database and no manager. One program at a time has a repository open, so a"
            + " server that uses it must be stopped."
      })
  static final class Group {}
}
