package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.block.BaseImage;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Keeps one prepared image, and what is known of it, between starts of the lab. */
final class ImageCache {
  /** Changes whenever images are made in another way. */
  private static final String VERSION = "1";

  private final Path image;
  private final Path facts;
  private final Path staging;

  ImageCache(Path directory, String disk) {
    String name = disk.replaceAll("[^A-Za-z0-9]", "_") + "-v" + VERSION;
    this.image = directory.resolve(name + ".img");
    this.facts = directory.resolve(name + ".properties");
    this.staging = directory.resolve(name + ".staging");
  }

  Optional<DiskContent.Prepared> find() throws IOException {
    if (!Files.exists(facts) || !Files.exists(image)) {
      return Optional.empty();
    }
    Properties known = new Properties();
    try (Reader in = Files.newBufferedReader(facts)) {
      known.load(in);
    }
    BitSet data = BitSet.valueOf(Base64.getDecoder().decode(known.getProperty("data")));
    GuestArea area =
        new GuestArea(spans(known.getProperty("used")), spans(known.getProperty("free")));
    return Optional.of(new DiskContent.Prepared(Optional.of(new BaseImage(image, data)), area));
  }

  /** Makes the image. The facts come last: an image without them is made again. */
  DiskContent.Prepared build(Ext4Image maker) throws IOException {
    Files.deleteIfExists(facts);
    Files.deleteIfExists(image);
    maker.make(image, staging);
    DiskContent.Prepared made = maker.examine(image);
    BaseImage base = made.base().orElseThrow();
    GuestArea area = made.area();
    Properties known = new Properties();
    known.setProperty("data", Base64.getEncoder().encodeToString(base.data().toByteArray()));
    known.setProperty("used", text(area.used()));
    known.setProperty("free", text(area.free()));
    Path unfinished = facts.resolveSibling(facts.getFileName() + ".part");
    try (Writer out = Files.newBufferedWriter(unfinished)) {
      known.store(out, null);
    }
    Files.move(unfinished, facts, StandardCopyOption.ATOMIC_MOVE);
    return made;
  }

  private static String text(List<Span> spans) {
    List<String> texts = spans.stream().map(span -> span.start() + "+" + span.length()).toList();
    return String.join(",", texts);
  }

  private static List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    for (String one : text.split(",")) {
      if (!one.isEmpty()) {
        String[] numbers = one.split("\\+");
        spans.add(new Span(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
      }
    }
    return spans;
  }
}
