package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key for the loopback that is its own authority.
 *
 * @param keyStore a PKCS #12 file
 * @param pem the certificate to trust
 */
record TestKey(Path keyStore, String pem) {

  static final String SECRET = "changeit";

  static TestKey make(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("engine.p12");
    Path certificate = directory.resolve("engine.pem");
    keytool(
        store,
        "-genkeypair -alias engine -keyalg EC -validity 3 -dname CN=127.0.0.1"
            + " -ext san=ip:127.0.0.1 -ext bc=ca:true -storetype PKCS12");
    keytool(store, "-exportcert -alias engine -rfc -file " + certificate);
    return new TestKey(store, Files.readString(certificate));
  }

  private static void keytool(Path store, String arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storepass", SECRET, "-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
