package dev.stillpoint.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.testing.Samples;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that writes one journal entry after the other and tells each, until it is killed. */
final class JournalWriter {

  private JournalWriter() {}

  public static void main(String[] arguments) throws IOException {
    try (Database database = Database.open(Path.of(arguments[0]));
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      for (int i = 0; ; i++) {
        String reference = "snapshot-" + i;
        database
            .journal()
            .add(List.of(Samples.entry("run-1", Samples.effect(Kind.SNAPSHOT, reference))));
        out.write((reference + "\n").getBytes(US_ASCII));
      }
    }
  }
}
