package dev.stillpoint.hypervisor.lab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.hypervisor.lab.fleet.LabFleet;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.LabTimes;
import dev.stillpoint.hypervisor.lab.portal.PortalConfig;
import dev.stillpoint.hypervisor.lab.qemu.ImageioParts;
import dev.stillpoint.hypervisor.lab.rest.Account;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The lab as a program. */
@Command(
    name = "stillpoint-lab",
    mixinStandardHelpOptions = true,
    description = "An oVirt-compatible engine on the loopback, for trying and testing Stillpoint.")
public final class LabMain implements Callable<Integer> {
  private static final String ADMIN = "admin@internal";
  private static final int MISSING_PARTS = 3;
  private static final String OPERATOR = "operator@internal";
  private static final String CLERK = "clerk@internal";
  private static final String OWNER = "owner@internal";

  /** How long the engine takes. */
  enum Times {
    realistic,
    demo,
    quick;

    LabTimes times() {
      return switch (this) {
        case realistic -> LabTimes.realistic();
        case demo -> LabTimes.demo();
        case quick -> LabTimes.quick();
      };
    }
  }

  /** What keeps and serves the disks. */
  enum Host {
    embedded,
    imageio;

    DataPlaneKind kind() {
      return switch (this) {
        case embedded -> DataPlaneKind.EMBEDDED;
        case imageio -> DataPlaneKind.IMAGEIO;
      };
    }
  }

  /** Which VMs there are. */
  enum Fleet {
    demo,
    small,
    empty;

    LabFleet fleet() {
      return switch (this) {
        case demo -> LabFleet.demo();
        case small -> LabFleet.small();
        case empty -> LabFleet.empty();
      };
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8443",
      description = "Port of the engine, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--image-port",
      defaultValue = "0",
      description = "Port of the disks' data, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int imagePort;

  @Option(
      names = "--dir",
      required = true,
      description = "Directory for the disks; prepared images in it are kept between starts.")
  private Path directory;

  @Option(
      names = "--times",
      defaultValue = "demo",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Times times;

  @Option(
      names = "--fleet",
      defaultValue = "demo",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Fleet fleet;

  @Option(
      names = "--odd-names",
      description = "Also VMs whose names are hard to show: several scripts, HTML, the longest.")
  private boolean oddNames;

  @Option(
      names = "--more-vms",
      defaultValue = "0",
      paramLabel = "N",
      description = "Also so many VMs that are off and have no disks (default: 0).")
  private int moreVms;

  @Option(
      names = "--data-plane",
      defaultValue = "embedded",
      description =
          "What plays the host: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). imageio needs"
              + " qemu-utils and ovirt-imageio; installer/verify.sh installs both.")
  private Host dataPlane;

  @Option(
      names = "--password",
      defaultValue = "password",
      description =
          "Password of "
              + ADMIN
              + ", "
              + OPERATOR
              + ", "
              + CLERK
              + " and "
              + OWNER
              + " (default: ${DEFAULT-VALUE}).")
  private String password;

  @Option(
      names = "--ui-plugins",
      paramLabel = "DIR",
      description =
          "Folder of UI plug-ins for the portal's page, as an engine's"
              + " /usr/share/ovirt-engine/ui-plugins; else the one below --dir.")
  private Optional<Path> uiPlugins = Optional.empty();

  @Option(
      names = "--ui-plugins-config",
      paramLabel = "DIR",
      description = "Folder of NAME-config.json, as an engine's /etc/ovirt-engine/ui-plugins.")
  private Optional<Path> uiPluginsConfig = Optional.empty();

  @Option(
      names = "--proxy",
      paramLabel = "/PATH/=URL/",
      description = "Passed on, as the web server before an engine does; may be repeated.")
  private Map<String, URI> proxies = Map.of();

  @Option(names = "--guests-write", description = "Let the guests write from the start.")
  private boolean guestsWrite;

  @Option(
      names = "--ready-file",
      description = "Written, in JSON, once the lab serves: addresses, user and password.")
  private Path readyFile;

  private LabMain() {}

  /** Runs until the program is told to end. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LabMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LabConfig config =
        LabConfig.inDirectory(directory)
            .withPorts(port, imagePort)
            .withTimes(times.times())
            .withFleet(fleet())
            .withDataPlane(dataPlane.kind())
            .withPortal(portal())
            .withAccounts(
                List.of(
                    Account.administrator(ADMIN, password),
                    Account.plain(OPERATOR, password, Set.of("web01", "büro test")),
                    Account.plain(
                        CLERK, password, Set.of("files01"), Set.of("login", "backup_disk")),
                    Account.plain(
                        OWNER,
                        password,
                        Set.of("files01"),
                        Set.of("login", "backup_disk", "configure_vm_storage"))));
    if (config.dataPlane() == DataPlaneKind.IMAGEIO && ImageioParts.missing().isPresent()) {
      spec.commandLine().getErr().println(ImageioParts.missing().get());
      return MISSING_PARTS;
    }
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (LabEngine lab = LabEngine.start(config)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "lab-stop"));
      lab.organise(
          all ->
              all.grant(
                  all.role("VmCreator").orElseThrow().id(),
                  Ids.named("user " + OWNER),
                  "cluster",
                  Ids.CLUSTER));
      if (guestsWrite) {
        lab.guests().resume();
      }
      if (readyFile != null) {
        announce(lab);
      }
      out.println("The lab serves at " + lab.apiUrl() + " - see " + lab.labUrl());
      out.flush();
      stop.await();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private LabFleet fleet() {
    LabFleet named = oddNames ? fleet.fleet().withOddNames() : fleet.fleet();
    return named.withMore(moreVms);
  }

  private PortalConfig portal() {
    PortalConfig usual = PortalConfig.below(directory.resolve("portal"));
    return new PortalConfig(
        uiPlugins.orElse(usual.uiPlugins()),
        uiPluginsConfig.orElse(usual.uiPluginsConfig()),
        proxies);
  }

  /** The program must not end before the lab has removed its disks. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(LabEngine lab) throws IOException {
    ObjectNode facts =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiUrl", lab.apiUrl())
            .put("imageUrl", lab.imageUrl())
            .put("labUrl", lab.labUrl())
            .put("portalUrl", lab.portalUrl())
            .put("user", ADMIN)
            .put("password", password)
            .put("plainUser", OPERATOR)
            .put("backupUser", CLERK)
            .put("ownerUser", OWNER);
    Path part = readyFile.resolveSibling(readyFile.getFileName() + ".part");
    Files.writeString(part, facts.toPrettyString() + "\n");
    Files.move(part, readyFile, StandardCopyOption.REPLACE_EXISTING);
  }
}
