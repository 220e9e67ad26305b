package dev.stillpoint.terminal;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version as the build wrote it into the archive. */
public final class VersionText implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(VersionText.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"stillpoint " + version};
  }
}
