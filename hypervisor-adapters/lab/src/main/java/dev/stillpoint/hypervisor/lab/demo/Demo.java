package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code installer/demo.sh}. */
@Command(
    name = "demo.sh",
    mixinStandardHelpOptions = true,
    description = {
      "Starts an oVirt-compatible lab and Stillpoint, backs all VMs up twice while their guests",
      "write, restores every disk of both runs and compares each byte for byte."
    })
public final class Demo implements Callable<Integer> {

  private static final int LAST_LINES = 15;
  private static final int INTERRUPTED = 130;
  private static final String SITE = "lab";

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

  @Option(
      names = "--stillpoint",
      required = true,
      paramLabel = "DIR",
      description = "Stillpoint's distribution.")
  private Path stillpointHome;

  @Option(names = "--lab", required = true, paramLabel = "DIR", description = "The lab's.")
  private Path labHome;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where to work; else stillpoint-demo in XDG_CACHE_HOME or ~/.cache.")
  private Optional<Path> work = Optional.empty();

  @Option(
      names = "--fleet",
      defaultValue = "demo",
      paramLabel = "FLEET",
      description = "The lab's VMs: demo (several GiB) or small.")
  private String fleet = "demo";

  @Option(names = "--report", paramLabel = "FILE", description = "Write the result as JSON.")
  private Optional<Path> report = Optional.empty();

  @Option(names = "--fresh", description = "Forget what earlier demos left, the lab's disks too.")
  private boolean fresh;

  @Option(
      names = "--exit",
      description = "End after the check, with 0 only when every disk matched.")
  private boolean exit;

  private Demo() {}

  /** Runs the demo and ends the program. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Demo()).execute(arguments));
  }

  @Override
  public Integer call() {
    Steps steps = new Steps(out, InstantSource.system());
    try (WorkDirectory directory = WorkDirectory.open(work.orElseGet(Demo::usualDirectory));
        Programs programs = new Programs(directory)) {
      // Ctrl-C: the programs stop before this one ends.
      Runtime.getRuntime().addShutdownHook(new Thread(programs::interrupt, "stop"));
      if (fresh) {
        directory.clear();
      }
      return shown(programs, steps);
    } catch (DemoFailure e) {
      out.println("demo: " + steps.current() + ": " + e.getMessage());
      report.ifPresent(file -> DemoReport.writeFailure(file, steps.current(), e.getMessage()));
      return 1;
    }
  }

  private int shown(Programs programs, Steps steps) {
    try {
      steps.begin("Start the lab, an oVirt-compatible engine on the loopback");
      LabClient lab = programs.startLab(labHome.toAbsolutePath(), fleet);
      steps.begin("Start the Stillpoint server");
      StillpointCommand stillpoint = programs.startServer(stillpointHome.toAbsolutePath());
      programs.installPlugin(stillpointHome.toAbsolutePath(), SITE);
      DemoReport found = worked(programs, lab, stillpoint, steps);
      out.println();
      found.print(out);
      report.ifPresent(found::write);
      if (!exit) {
        stayUp(programs, lab, stillpoint, steps);
      }
      return found.ok() ? 0 : 1;
    } catch (DemoFailure e) {
      if (programs.wereInterrupted()) {
        return INTERRUPTED;
      }
      for (Child child : programs.snapshot()) {
        out.println(child.described());
        child.lastLines(LAST_LINES).forEach(line -> out.println("    " + line));
      }
      throw e;
    }
  }

  private DemoReport worked(
      Programs programs, LabClient lab, StillpointCommand stillpoint, Steps steps) {
    steps.begin("Add the lab as a site, and let its guests write");
    Path password = programs.secret(lab.password());
    stillpoint.run(
        "sites",
        "add",
        SITE,
        "--url",
        lab.apiUrl(),
        "--user",
        lab.user(),
        "--password-file",
        password.toString());
    lab.letGuestsWrite(true);
    List<ComparedDisk> disks = new MainJob(stillpoint, lab, steps).run();
    steps.begin("Look for anything left behind");
    programs.mustLive();
    return new DemoReport(disks, leftovers(lab, stillpoint), steps.elapsed());
  }

  private static List<String> leftovers(LabClient lab, StillpointCommand stillpoint) {
    List<String> leftovers = new ArrayList<>();
    for (JsonNode leftover : lab.state().path("leftovers")) {
      leftovers.add(leftover.isTextual() ? leftover.asText() : leftover.toString());
    }
    for (JsonNode leftover : stillpoint.run("leftovers").path("items")) {
      leftovers.add("in the journal: " + leftover);
    }
    return leftovers;
  }

  private void stayUp(Programs programs, LabClient lab, StillpointCommand stillpoint, Steps steps) {
    out.println();
    out.println(
        "Open "
            + lab.portal()
            + " as "
            + lab.user()
            + " with the password "
            + lab.password()
            + ": Backup is in the menu.");
    out.println("Stillpoint API  " + stillpoint.server() + "/api/v1");
    out.println("Lab page        " + lab.page());
    out.println("Command line    " + stillpoint.forUsers() + " status");
    out.println("Ctrl-C stops all of it.");
    steps.begin("Stay up");
    while (true) {
      programs.rest();
    }
  }

  private static Path usualDirectory() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    Path base = cache.isBlank() ? Path.of(home, ".cache") : Path.of(cache);
    return base.resolve("stillpoint-demo");
  }
}
