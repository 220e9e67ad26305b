package dev.stillpoint.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the changed part of an image takes when it is compressed as one: {@code ChangedBytes IMAGE
 * LIST} prints the bytes that zstd makes of it at level 1.
 */
public final class ChangedBytes {

  private ChangedBytes() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Usage: ChangedBytes IMAGE LIST");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(compressed(Path.of(args[0]), Path.of(args[1])));
  }

  /** All extents in one frame, so nobody who stores them apart can be better by much. */
  static long compressed(Path image, Path list) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
      for (JsonNode extent : new ObjectMapper().readTree(list.toFile())) {
        byte[] content = new byte[Math.toIntExact(extent.required("length").asLong())];
        file.seek(extent.required("start").asLong());
        file.readFully(content);
        changed.write(content);
      }
    }
    return Zstd.compress(changed.toByteArray(), 1).length;
  }
}
