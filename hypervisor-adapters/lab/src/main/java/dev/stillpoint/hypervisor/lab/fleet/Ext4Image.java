package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.block.BaseImage;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import dev.stillpoint.hypervisor.lab.model.Ids;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;

/** Makes an ext4 image with e2fsprogs and finds out where a guest may write in it. */
final class Ext4Image {
  private static final int BLOCK_BYTES = 4096;
  private static final long MAX_SCRATCH_BYTES = 64L << 20;
  private static final int MAX_FREE_SPANS = 64;
  private static final int MIN_FREE_BLOCKS = 16;
  private static final byte[] MAGIC =
      "A guest of the Stillpoint lab may write here.\n".getBytes(StandardCharsets.UTF_8);

  private final Ext4Content content;
  private final long sizeBytes;
  private final Programs programs = new Programs();

  Ext4Image(Ext4Content content, long sizeBytes) {
    this.content = content;
    this.sizeBytes = sizeBytes;
  }

  /** Makes the image; {@code staging} is used meanwhile and removed. */
  void make(Path image, Path staging) throws IOException {
    Path mke2fs = programs.find("mke2fs");
    FileUtils.deleteDirectory(staging.toFile());
    Files.createDirectories(staging);
    new FileCollector(staging, content.limitBytes()).collect(content.sources());
    scratch(staging.resolve("guest-scratch.dat"));
    String uuid = Ids.named(image.getFileName().toString());
    programs.run(
        List.of(
            mke2fs.toString(),
            "-q",
            "-F",
            "-t",
            "ext4",
            "-b",
            Integer.toString(BLOCK_BYTES),
            "-U",
            uuid,
            "-E",
            "hash_seed=" + uuid,
            "-L",
            "lab",
            "-d",
            staging.toString(),
            image.toString(),
            sizeBytes / 1024 + "k"));
    FileUtils.deleteDirectory(staging.toFile());
  }

  /** A file of the guest's own, of which every block can be recognized in the image. */
  private void scratch(Path file) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    for (int at = 0; at < block.length; at++) {
      block[at] = MAGIC[at % MAGIC.length];
    }
    long blocks = Math.min(MAX_SCRATCH_BYTES, sizeBytes / 16) / BLOCK_BYTES;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long i = 0; i < blocks; i++) {
        out.write(block);
      }
    }
  }

  /** What is in an image, and where a guest does no harm in it. */
  DiskContent.Prepared examine(Path image) throws IOException {
    List<Span> free = freeSpans(image);
    BaseImage base = BaseImage.scan(image, notWithin(free));
    // The file's own blocks, and some that the file system does not use.
    List<Span> spare = free.subList(0, Math.min(MAX_FREE_SPANS, free.size()));
    GuestArea area = new GuestArea(scratchSpans(image, base.data()), spare);
    return new DiskContent.Prepared(Optional.of(base), area);
  }

  /** In a new file system nothing was ever written to free blocks. */
  private BitSet notWithin(List<Span> free) {
    BitSet blocks = new BitSet();
    blocks.set(0, Math.toIntExact(sizeBytes / VirtualDisk.BLOCK_BYTES));
    for (Span span : free) {
      long first = (span.start() + VirtualDisk.BLOCK_BYTES - 1) / VirtualDisk.BLOCK_BYTES;
      long end = (span.start() + span.length()) / VirtualDisk.BLOCK_BYTES;
      if (end > first) {
        blocks.clear(Math.toIntExact(first), Math.toIntExact(end));
      }
    }
    return blocks;
  }

  private static List<Span> scratchSpans(Path image, BitSet data) throws IOException {
    List<Span> spans = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocate(VirtualDisk.BLOCK_BYTES);
    try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
      for (int block = data.nextSetBit(0); block >= 0; block = data.nextSetBit(block + 1)) {
        long offset = (long) block * VirtualDisk.BLOCK_BYTES;
        file.read(buffer.clear(), offset);
        buffer.flip();
        for (int at = 0; at + MAGIC.length <= buffer.limit(); at += BLOCK_BYTES) {
          if (buffer.slice(at, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            add(spans, offset + at, BLOCK_BYTES);
          }
        }
      }
    }
    return spans;
  }

  private static void add(List<Span> spans, long start, long length) {
    int last = spans.size() - 1;
    if (last >= 0 && spans.get(last).start() + spans.get(last).length() == start) {
      spans.set(last, new Span(spans.get(last).start(), spans.get(last).length() + length));
    } else {
      spans.add(new Span(start, length));
    }
  }

  private List<Span> freeSpans(Path image) throws IOException {
    String dump = programs.run(List.of(programs.find("dumpe2fs").toString(), image.toString()));
    List<Span> spans = new ArrayList<>();
    Pattern range = Pattern.compile("(\\d+)-(\\d+)");
    for (String line : dump.lines().filter(text -> text.contains("  Free blocks:")).toList()) {
      Matcher matcher = range.matcher(line);
      while (matcher.find()) {
        long first = Long.parseLong(matcher.group(1));
        long count = Long.parseLong(matcher.group(2)) - first + 1;
        if (count >= MIN_FREE_BLOCKS) {
          spans.add(new Span(first * BLOCK_BYTES, count * BLOCK_BYTES));
        }
      }
    }
    return spans;
  }
}
