package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.repository.KeySlot;
import dev.stillpoint.repository.KeySlots;
import dev.stillpoint.repository.Passphrase;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository keys DIR …}. */
@Command(description = "The passphrases that open an encrypted repository, and its key sheet.")
final class KeysCommand {

  private static final String NEW_KEY_FILE =
      "The file with the new passphrase; a random one is written into it where it is not there.";

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  KeysCommand(OfflineSession session) {
    this.session = session;
  }

  @Command(description = "Lists the slots; the passphrases themselves are nowhere.")
  int list() {
    List<KeySlot> slots = withKeys(KeySlots::list);
    ObjectNode document = OfflineSession.newDocument();
    ArrayNode items = document.putArray("items");
    slots.forEach(slot -> describe(slot, items.addObject()));
    session.answer(
        document,
        () -> {
          Table table = new Table(">SLOT", "LABEL", "CREATED");
          for (KeySlot slot : slots) {
            table.row(
                String.valueOf(slot.number()),
                slot.label(),
                Wording.time(slot.created(), session.around().zone()));
          }
          table.print(session.out());
        });
    return ExitCode.OK;
  }

  @Command(description = "Adds a passphrase.")
  int add(
      @Option(
              names = "--label",
              defaultValue = "",
              paramLabel = "TEXT",
              description = "Whose it is, or what for.")
          String label,
      @Option(
              names = "--new-key-file",
              required = true,
              paramLabel = "FILE",
              description = NEW_KEY_FILE)
          Path file) {
    return made(file, passphrase -> keys -> keys.add(label, passphrase));
  }

  @Command(description = "Replaces a passphrase; the old one opens the repository no more.")
  int change(
      @Parameters(paramLabel = "SLOT", description = "The slot's number.") int slot,
      @Option(
              names = "--new-key-file",
              required = true,
              paramLabel = "FILE",
              description = NEW_KEY_FILE)
          Path file) {
    return made(file, passphrase -> keys -> keys.change(slot, passphrase));
  }

  @Command(description = "Removes a passphrase; never the last one.")
  int remove(@Parameters(paramLabel = "SLOT", description = "The slot's number.") int slot) {
    int removed =
        withKeys(
            keys -> {
              keys.remove(slot);
              return slot;
            });
    session.answer(
        OfflineSession.newDocument().put("removed", removed),
        () -> session.out().println("Slot " + removed + " is removed."));
    return ExitCode.OK;
  }

  @Command(
      description = {
        "Prints the key sheet: who has it can read the backups for ever.",
        "Send it to a printer, and keep no file of it."
      })
  int sheet() {
    byte[] sheet = withKeys(KeySlots::sheet);
    try {
      // A character at a time: no text of the key stays in memory.
      for (byte letter : sheet) {
        session.out().write(letter);
      }
      session.out().flush();
    } finally {
      Arrays.fill(sheet, (byte) 0);
    }
    return ExitCode.OK;
  }

  private int made(Path file, Function<Passphrase, Function<KeySlots, KeySlot>> change) {
    try (Repository repository = session.open(directory)) {
      KeySlots keys = repository.keys();
      KeyFile key = KeyFile.readyToRead(file, session.around().random());
      try (Passphrase passphrase = key.passphrase()) {
        answer(change.apply(passphrase).apply(keys), key);
      } catch (RuntimeException e) {
        key.discard();
        throw e;
      }
    }
    return ExitCode.OK;
  }

  private void answer(KeySlot slot, KeyFile key) {
    ObjectNode document = OfflineSession.newDocument();
    describe(slot, document);
    document.put("keyFileMade", key.isMade());
    String file = Wording.harmless(key.path().toString());
    session.answer(
        document,
        () -> {
          session.out().println("Slot " + slot.number() + " is opened by what " + file + " holds.");
          if (key.isMade()) {
            session.out().println("That is a random passphrase, made now.");
          }
        });
  }

  private <T> T withKeys(Function<KeySlots, T> use) {
    try (Repository repository = session.open(directory)) {
      return use.apply(repository.keys());
    }
  }

  private static void describe(KeySlot slot, ObjectNode item) {
    item.put("slot", slot.number())
        .put("label", slot.label())
        .put("created", slot.created().toString());
  }
}
