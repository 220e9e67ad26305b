package dev.stillpoint.server;

import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.server.configuration.ConfigurationException;
import dev.stillpoint.server.configuration.ConfigurationLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint-server}: serves until it is told to stop. */
@Command(
    name = "stillpoint-server",
    mixinStandardHelpOptions = true,
    description = "Serves Stillpoint's API until it gets SIGTERM or SIGINT, then stops gracefully.")
public final class ServerMain implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration file.")
  private Path config;

  private ServerMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ServerMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    StillpointServer server;
    try {
      Configuration configuration = ConfigurationLoader.load(config);
      configuration.logFormat().apply();
      List<SiteConnector> connectors =
          ServiceLoader.load(SiteConnector.class).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
      server = new StillpointServer(configuration, connectors);
    } catch (ConfigurationException e) {
      LOG.error("not started: {}", e.getMessage());
      return 2;
    } catch (StillpointException e) {
      LOG.error("not started: {} {}", e.getMessage(), e.remedy());
      return 1;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("stopping");
                  server.close();
                  LOG.info("stopped");
                },
                "stop"));
    LOG.info("serving {}", server.apiUri());
    server.awaitEnd();
    return 1;
  }
}
