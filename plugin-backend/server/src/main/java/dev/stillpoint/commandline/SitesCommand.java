package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint sites …}. */
@Command(description = "The managers whose VMs are backed up.")
final class SitesCommand {

  private final Session session;

  SitesCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Lists the sites.")
  int list() {
    return session.answer(session.api().get("/sites"), this::print);
  }

  @Command(
      description = {
        "Adds a site after logging in to it.",
        "The password is asked for on the terminal when no file is given."
      })
  int add(
      @Parameters(paramLabel = "NAME", description = "A name of your choice.") String name,
      @Option(
              names = "--url",
              required = true,
              paramLabel = "URL",
              description = "For oVirt: https://engine.example/ovirt-engine/api")
          String url,
      @Option(
              names = "--user",
              required = true,
              paramLabel = "USER",
              description = "The service account, for oVirt with its profile: backup@internal")
          String user,
      @Option(
              names = "--kind",
              defaultValue = "ovirt",
              paramLabel = "KIND",
              description = "The kind of manager: ${DEFAULT-VALUE}.")
          String kind,
      @Option(
              names = "--password-file",
              defaultValue = "",
              paramLabel = "FILE",
              description = "Its first line is the password.")
          String passwordFile,
      @Option(
              names = "--ca",
              defaultValue = "",
              paramLabel = "FILE",
              description = "Certificates (PEM) to trust for this site.")
          String certificates) {
    Map<String, String> site = new TreeMap<>();
    site.put("name", name);
    site.put("kind", kind);
    site.put("url", url);
    site.put("username", user);
    if (!certificates.isEmpty()) {
      site.put("trustedCertificates", certificates(Path.of(certificates)));
    }
    Api api = session.api();
    char[] password =
        new PasswordSource(session.around().passwordPrompt()).read(passwordFile, user);
    Answer added = api.postAndWipe("/sites", body(site, password));
    return session.answer(
        added, answer -> session.out().println("Site " + name + " is added, and its login works."));
  }

  @Command(description = "Shows one site.")
  int show(@Parameters(paramLabel = "SITE", description = "Its name or id.") String site) {
    Answer answer = session.api().get(Api.path("sites", site));
    return session.answer(answer, shown -> print(shown.document()));
  }

  @Command(
      description = {
        "Logs in to a site and asks what it is, and what the service account may not do there.",
        "Ends with 8 when it lacks a permit."
      })
  int check(@Parameters(paramLabel = "SITE", description = "Its name or id.") String site) {
    Answer answer = session.api().get(Api.path("sites", site, "check"));
    JsonNode missing = answer.document().path("missingPermits");
    session.answer(
        answer,
        checked -> {
          session
              .out()
              .printf(
                  "%s answers: %s %s%n",
                  site,
                  Wording.harmless(checked.document().path("product").asText()),
                  Wording.harmless(checked.document().path("version").asText()));
          for (JsonNode one : missing) {
            session
                .out()
                .printf(
                    "The service account lacks the permit %s: needed for %s%n",
                    Wording.harmless(one.path("permit").asText()),
                    Wording.harmless(one.path("need").asText()));
          }
        });
    return missing.isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
  }

  @Command(
      description = {
        "Shows or sets what may be backed up at a site at most.",
        "A VM above a limit is refused, with the figures."
      })
  int limits(
      @Parameters(paramLabel = "SITE", description = "Its name or id.") String site,
      @Option(
              names = "--vm-total",
              defaultValue = "",
              paramLabel = "SIZE",
              description = "Of one VM, disks and memory together; none: no limit.")
          String vmTotal,
      @Option(
              names = "--run-data",
              defaultValue = "",
              paramLabel = "SIZE",
              description = "Of one run, the sizes of its disks together; none: no limit.")
          String runData) {
    Api api = session.api();
    Answer now = api.get(Api.path("sites", site, "limits"));
    if (!vmTotal.isEmpty() || !runData.isEmpty()) {
      ObjectNode body = ((ObjectNode) now.document()).deepCopy();
      putLimit(body, "vmTotalBytes", vmTotal);
      putLimit(body, "runDataBytes", runData);
      now = api.put(Api.path("sites", site, "limits"), body);
    }
    return session.answer(
        now,
        limits -> {
          Table table = new Table("LIMIT", "SIZE");
          table.row("VM, disks and memory", limit(limits.document().path("vmTotalBytes")));
          table.row("Run, disks", limit(limits.document().path("runDataBytes")));
          table.print(session.out());
        });
  }

  @Command(
      description = {
        "Shows where VMs can be restored to: clusters, storages with what is left there, networks.",
        "Their names and ids go with --cluster, --storage and --network of a restore."
      })
  int targets(@Parameters(paramLabel = "SITE", description = "Its name or id.") String site) {
    return session.answer(
        session.api().get(Api.path("sites", site, "targets")),
        answer -> new TargetsText(session.out()).print(answer.document()));
  }

  private static void putLimit(ObjectNode body, String field, String size) {
    if (size.equals("none")) {
      body.remove(field);
    } else if (!size.isEmpty()) {
      body.put(field, ByteCount.parse(size).bytes());
    }
  }

  private static String limit(JsonNode bytes) {
    return bytes.isNumber() ? Wording.size(bytes) : "none";
  }

  @Command(description = "Forgets a site. Its restore points stay.")
  int remove(@Parameters(paramLabel = "SITE", description = "Its name or id.") String site) {
    Answer answer = session.api().delete(Api.path("sites", site));
    return session.answer(answer, gone -> session.out().println("Site " + site + " is removed."));
  }

  private void print(Answer sites) {
    Table table = new Table("NAME", "KIND", "URL", "USER", "ID");
    for (JsonNode site : sites.items()) {
      row(table, site);
    }
    table.print(session.out());
  }

  private void print(JsonNode site) {
    Table table = new Table("NAME", "KIND", "URL", "USER", "ID");
    row(table, site);
    table.print(session.out());
  }

  private static void row(Table table, JsonNode site) {
    table.row(
        site.path("name").asText(),
        site.path("kind").asText(),
        site.path("url").asText(),
        site.path("username").asText(),
        site.path("id").asText());
  }

  private static String certificates(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Cannot read the certificates in " + file,
          "Give a PEM file that exists and that you may read.",
          e);
    }
  }

  /** Written by hand so that the password never becomes a string; it is wiped here. */
  private static byte[] body(Map<String, String> site, char[] password) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
      json.writeStartObject();
      for (Map.Entry<String, String> field : site.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeFieldName("password");
      json.writeString(password, 0, password.length);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    } finally {
      Arrays.fill(password, '\0');
    }
    return body.toByteArray();
  }
}
