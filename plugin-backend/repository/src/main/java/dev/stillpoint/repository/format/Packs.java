package dev.stillpoint.repository.format;

import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How packs are numbered and named: {@code packs/0000000000000001.pack}, in hexadecimal. */
public final class Packs {

  private static final String FOLDER = "packs";
  private static final Pattern FILE = Pattern.compile("0{8}([0-7][0-9a-f]{7})\\.pack");

  private Packs() {}

  public static BlobName name(int number) {
    return BlobName.of(FOLDER, String.format("%016x.pack", number));
  }

  /** Whether it is a pack's name. */
  public static boolean holds(BlobName name) {
    return name.value().startsWith(FOLDER + "/");
  }

  /** Number and length of every pack there is. */
  public static PackSizes list(BlobStore blobs) {
    PackSizes.Builder packs = PackSizes.builder();
    blobs.forEach(
        FOLDER,
        entry -> {
          Matcher file = FILE.matcher(entry.name().file());
          if (file.matches()) {
            packs.add(Integer.parseInt(file.group(1), 16), entry.sizeBytes());
          }
        });
    return packs.build();
  }
}
