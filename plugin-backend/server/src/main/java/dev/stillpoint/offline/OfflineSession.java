package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.RepositoryKey;
import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What the commands share: how a repository is opened, and how an answer is given. */
final class OfflineSession {

  private final Surroundings around;
  private final GlobalOptions options;
  private final KeyOptions keys;

  OfflineSession(Surroundings around, GlobalOptions options, KeyOptions keys) {
    this.around = around;
    this.options = options;
    this.keys = keys;
  }

  KeyOptions keys() {
    return keys;
  }

  Surroundings around() {
    return around;
  }

  PrintWriter out() {
    return around.out();
  }

  Repository open(Path directory) {
    try (RepositoryKey key = keys.read()) {
      return Repository.open(directory, around.clock(), key);
    }
  }

  Interruptible interruptible() {
    return new Interruptible(around);
  }

  WorkProgress progress(String label, long totalBytes) {
    return new WorkProgress(around, label, totalBytes);
  }

  static ObjectNode newDocument() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Gives the answer: the document with {@code --json}, else in words. */
  void answer(JsonNode document, Runnable words) {
    if (options.json()) {
      out().println(document);
    } else {
      words.run();
    }
  }

  /** Says what is wrong though the command has done its work. */
  void warn(List<String> findings) {
    for (String finding : findings) {
      around.err().println("stillpoint: " + Wording.harmless(finding));
    }
  }
}
