package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint drive …}. */
@Command(description = "The CD drives of VMs, and the ISO images put into them.")
final class DriveCommand {

  private static final String SITE = "The site; needed when there are several.";
  private static final String VM = "Its name or id.";
  private static final String WHEN =
      "now, next-start or both; without it both, or next-start for a VM that does not run.";

  private final Session session;

  DriveCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Shows what the drive of a VM holds, now and from its next start on.")
  int show(
      @Option(names = "--vm", required = true, paramLabel = "VM", description = VM) String vm,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    return session.answer(api.get(path(api, site, vm)), this::print);
  }

  @Command(
      description = {
        "Puts an ISO image into the drive of a VM.",
        "The file is sent to the manager's storage once; other VMs of the data center share it.",
        "It is deleted there when no VM has it in its drive any more."
      })
  int insert(
      @Option(names = "--vm", required = true, paramLabel = "VM", description = VM) String vm,
      @Option(
              names = "--iso",
              required = true,
              paramLabel = "FILE",
              description = "The image, on this computer.")
          Path file,
      @Option(names = "--when", defaultValue = "fits", paramLabel = "WHEN", description = WHEN)
          String when,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    String query = Api.query("name", fileName(file), "sha256", sha256(file), "when", when);
    Answer answer = api.putFile(path(api, site, vm) + query, content(file));
    return session.answer(answer, this::print);
  }

  @Command(description = "Takes an ISO image that Stillpoint brought out of the drive of a VM.")
  int eject(
      @Option(names = "--vm", required = true, paramLabel = "VM", description = VM) String vm,
      @Option(names = "--when", defaultValue = "fits", paramLabel = "WHEN", description = WHEN)
          String when,
      @Option(names = "--put-back", description = "What was in the drive before goes back into it.")
          boolean putBack,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    String query = Api.query("when", when, "putBack", putBack ? "true" : "");
    return session.answer(api.delete(path(api, site, vm) + query), this::print);
  }

  private String path(Api api, String site, String vm) {
    return Api.path("sites", session.siteId(api, site), "vms", vm, "drive");
  }

  private void print(Answer answer) {
    JsonNode drive = answer.document();
    Table table = new Table("", "MEDIUM", "BROUGHT BY US", "BEFORE");
    JsonNode before = drive.path("before");
    if (drive.path("running").asBoolean()) {
      row(table, "now", drive.path("now"), before.path("now"));
    }
    row(table, "next start", drive.path("nextStart"), before.path("nextStart"));
    table.print(session.out());
  }

  private static void row(Table table, String when, JsonNode medium, JsonNode before) {
    boolean empty = medium.isMissingNode();
    table.row(
        when,
        empty ? "(empty)" : medium.path("name").asText(),
        empty ? "" : Wording.yesNo(medium.path("ours").asBoolean()),
        before.path("name").asText());
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static BodyPublisher content(Path file) {
    try {
      return BodyPublishers.ofFile(file);
    } catch (FileNotFoundException e) {
      throw unreadable(file, e);
    }
  }

  /** Read once for its sum, so that an image that is there already need not be sent. */
  private static String sha256(Path file) {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static StillpointException unreadable(Path file, IOException e) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        "Cannot read the image " + file,
        "Give a file that exists and that you may read.",
        e);
  }
}
