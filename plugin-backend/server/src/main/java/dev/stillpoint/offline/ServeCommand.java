package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.nbd.NbdExport;
import dev.stillpoint.repository.nbd.NbdServer;
import dev.stillpoint.repository.nbd.NbdSettings;
import dev.stillpoint.repository.nbd.NbdTls;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository serve}. */
@Command(
    description = {
      "Serves the disks of a restore point as read-only network block devices, until Ctrl-C.",
      "Without TLS anybody who reaches the address can read them: keep to the loopback, or give a"
          + " certificate."
    })
final class ServeCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "POINT[/DISK]", description = PointArgument.DESCRIPTION)
  private String point = "";

  @Option(
      names = "--nbd",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where to listen; 10809 is the usual port, 0 stands for any free one.")
  private String address = "";

  @Option(
      names = "--tls-cert",
      defaultValue = "",
      paramLabel = "FILE",
      description = "The server's certificate and its chain (PEM): TLS is required then.")
  private String certificate = "";

  @Option(
      names = "--tls-key",
      defaultValue = "",
      paramLabel = "FILE",
      description = "The certificate's private key (PEM, PKCS #8, not encrypted).")
  private String key = "";

  ServeCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    NbdSettings settings = NbdSettings.at(HostAndPort.parse(address)).withTls(tls());
    try (Interruptible work = session.interruptible();
        Repository repository = session.open(directory)) {
      Manifest manifest =
          new PointFinder(repository, directory).point(PointArgument.parse(point).point());
      List<String> disks = disks(manifest);
      List<NbdExport> exports =
          disks.stream().map(disk -> export(repository, manifest, disk)).toList();
      try (NbdServer server = NbdServer.start(settings, exports)) {
        answer(manifest, disks, server.address());
        work.awaitInterrupt();
      }
    }
    return ExitCode.OK;
  }

  private NbdTls tls() {
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "TLS needs both a certificate and its key",
          "Give --tls-cert and --tls-key.");
    }
    return certificate.isEmpty()
        ? NbdTls.none()
        : NbdTls.required(PemFiles.context(Path.of(certificate), Path.of(key)));
  }

  /** The disk that was named, else all. */
  private List<String> disks(Manifest manifest) {
    PointArgument argument = PointArgument.parse(point);
    return argument.disk().isPresent()
        ? List.of(PointFinder.image(manifest, argument.disk()).name())
        : manifest.images().stream().map(ManifestImage::name).toList();
  }

  private static NbdExport export(Repository repository, Manifest manifest, String disk) {
    ImageRef ref = new ImageRef(manifest.id(), disk);
    String description = "Disk " + disk + " of " + PointLabels.vmName(manifest);
    return new NbdExport(
        disk, description + " at " + PointLabels.time(manifest), () -> repository.openImage(ref));
  }

  private void answer(Manifest manifest, List<String> disks, InetSocketAddress listening) {
    ObjectNode document = OfflineSession.newDocument().put("point", manifest.id().value());
    ArrayNode exports = document.putArray("exports");
    for (String disk : disks) {
      exports.addObject().put("disk", disk).put("url", url(listening, disk));
    }
    session.answer(
        document,
        () -> {
          for (String disk : disks) {
            session.out().println(url(listening, disk) + "  " + Wording.harmless(disk));
          }
          session.out().println("Serving restore point " + manifest.id() + " until Ctrl-C.");
        });
    session.out().flush();
  }

  private String url(InetSocketAddress listening, String disk) {
    String host = HostAndPort.inUrl(listening.getAddress());
    String name = URLEncoder.encode(disk, StandardCharsets.UTF_8).replace("+", "%20");
    String scheme = certificate.isEmpty() ? "nbd" : "nbds";
    return scheme + "://" + host + ":" + listening.getPort() + "/" + name;
  }
}
