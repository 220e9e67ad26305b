package dev.stillpoint.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Commands by name, in the order of the help. Only those are made that the arguments may mean:
 * making all would take longer than most commands take to run.
 */
public final class CommandSet {

  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

  /**
   * @param command makes the command, or a picocli {@link CommandLine} with commands of its own
   */
  public CommandSet with(String name, Supplier<Object> command) {
    commands.put(name, command);
    return this;
  }

  /** Adds those that the arguments name; all, when they ask for help or name none. */
  public void addTo(CommandLine parent, List<String> arguments) {
    boolean help = arguments.contains("--help") || arguments.contains("-h");
    boolean all = help || arguments.stream().noneMatch(commands::containsKey);
    commands.forEach(
        (name, command) -> {
          if (all || arguments.contains(name)) {
            parent.addSubcommand(name, command.get());
          }
        });
  }
}
