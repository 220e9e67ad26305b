package dev.stillpoint.terminal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code stillpoint} itself, with the options that every command takes. */
@Command(
    name = "stillpoint",
    description = "Backs up and restores virtual machines.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:the run that was waited for failed or was cancelled; what was compared differs",
      "2:wrong usage",
      "3:not found",
      "4:refused: the state of something forbids it",
      "5:not authenticated or not permitted",
      "6:the server, the manager or the storage is unavailable, or the manager refused",
      "7:out of space",
      "8:the run that was waited for finished with warnings",
      "9:corrupt data was found",
      "10:a defect of Stillpoint"
    })
public final class GlobalOptions {

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "",
      scope = ScopeType.INHERIT,
      description = "The server; else STILLPOINT_SERVER, else http://127.0.0.1:8470.")
  private String server = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "",
      scope = ScopeType.INHERIT,
      description =
          "The file with the server's token; else STILLPOINT_TOKEN_FILE, else data/api-token of"
              + " this installation, else /var/lib/stillpoint/api-token.")
  private String tokenFile = "";

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the API's JSON, and nothing else, on standard output.")
  private boolean json;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print a failure's stack trace.")
  private boolean debug;

  public String server() {
    return server;
  }

  public String tokenFile() {
    return tokenFile;
  }

  public boolean json() {
    return json;
  }

  public boolean debug() {
    return debug;
  }
}
