package dev.stillpoint.offline;

import dev.stillpoint.terminal.CommandSet;
import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** {@code stillpoint repository …}, to be hung into the command line. */
public final class RepositoryCommands {

  private RepositoryCommands() {}

  /**
   * The commands that the arguments may mean. Nothing is opened before one of them is executed.
   *
   * @param arguments of the whole program
   */
  public static CommandLine create(
      Surroundings around, GlobalOptions options, List<String> arguments) {
    KeyOptions keys = new KeyOptions();
    OfflineSession session = new OfflineSession(around, options, keys);
    CommandLine group = new CommandLine(keys);
    new CommandSet()
        .with("init", () -> new InitCommand(session))
        .with("import", () -> new ImportCommand(session))
        .with("list", () -> new ListCommand(session))
        .with("usage", () -> new UsageCommand(session))
        .with("export", () -> new ExportCommand(session))
        .with("compare", () -> new CompareCommand(session))
        .with("verify", () -> new VerifyCommand(session))
        .with("expire", () -> new ExpireCommand(session))
        .with("collect", () -> new CollectCommand(session))
        .with("rebuild-index", () -> new RebuildIndexCommand(session))
        .with("serve", () -> new ServeCommand(session))
        .with("resize", () -> new ResizeCommand(session))
        .with("keys", () -> new KeysCommand(session))
        .addTo(group, arguments);
    return group;
  }
}
