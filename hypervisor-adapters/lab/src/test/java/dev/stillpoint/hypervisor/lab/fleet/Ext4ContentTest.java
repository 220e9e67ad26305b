package dev.stillpoint.hypervisor.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stillpoint.hypervisor.lab.block.Sums;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ext4ContentTest {
  private static final long SIZE = 64L << 20;

  @TempDir Path dir;

  private final Programs programs = new Programs();
  private Path cache;
  private Ext4Content content;

  @BeforeEach
  void sources() throws IOException {
    assumeThat(Stream.of("/usr/sbin/mke2fs", "/sbin/mke2fs", "/usr/bin/mke2fs"))
        .as("e2fsprogs is not installed")
        .anyMatch(path -> Files.isExecutable(Path.of(path)));
    cache = Files.createDirectories(dir.resolve("cache"));
    Path source = Files.createDirectories(dir.resolve("source/deep"));
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[100_000];
      new Random(i).nextBytes(bytes);
      Files.write(source.resolve("file" + i), bytes);
    }
    content = new Ext4Content(List.of(dir.resolve("source"), dir.resolve("missing")), 1_500_000);
  }

  @Test
  void theImageIsASoundFileSystemWithTheFilesUpToTheLimit() throws IOException {
    content.prepare(cache, "a disk", SIZE);
    Path image = cache.resolve("a_disk-v1.img");
    programs.run(List.of(programs.find("e2fsck").toString(), "-fn", image.toString()));
    String listing = list(image, dir.toRealPath().resolve("source/deep"));
    assertThat(listing.lines().filter(line -> line.contains("file")).count()).isBetween(10L, 15L);
  }

  @Test
  void theFileSystemStaysSoundHoweverMuchItsGuestWrites() throws IOException {
    DiskContent.Prepared prepared = content.prepare(cache, "disk", SIZE);
    assertThat(prepared.area().used()).isNotEmpty();
    assertThat(prepared.area().free()).isNotEmpty();
    byte[] junk = new byte[1 << 20];
    new Random(2).nextBytes(junk);
    Path written = dir.resolve("written.img");
    try (VirtualDisk disk = VirtualDisk.over(prepared.base().orElseThrow(), dir.resolve("top"))) {
      String before = Sums.sha256(disk);
      for (Span span :
          Stream.concat(prepared.area().used().stream(), prepared.area().free().stream())
              .toList()) {
        for (long done = 0; done < span.length(); done += junk.length) {
          disk.write(
              span.start() + done, junk, 0, (int) Math.min(junk.length, span.length() - done));
        }
      }
      assertThat(Sums.sha256(disk)).isNotEqualTo(before);
      export(disk, written);
    }
    programs.run(List.of(programs.find("e2fsck").toString(), "-fn", written.toString()));
  }

  @Test
  void aPreparedImageIsUsedAgain() throws IOException {
    DiskContent.Prepared first = content.prepare(cache, "disk", SIZE);
    Path image = cache.resolve("disk-v1.img");
    FileTime made = Files.getLastModifiedTime(image);
    DiskContent.Prepared second = content.prepare(cache, "disk", SIZE);
    assertThat(Files.getLastModifiedTime(image)).isEqualTo(made);
    assertThat(second.area()).isEqualTo(first.area());
    assertThat(second.base().orElseThrow().data()).isEqualTo(first.base().orElseThrow().data());
  }

  @Test
  void anImageThatWasNotFinishedIsMadeAgain() throws IOException {
    Files.write(cache.resolve("disk-v1.img"), new byte[4096]);
    content.prepare(cache, "disk", SIZE);
    assertThat(Files.size(cache.resolve("disk-v1.img"))).isEqualTo(SIZE);
  }

  @Test
  void aProgramThatIsNotThereIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> programs.find("mke2fs-that-is-not-there"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("install e2fsprogs");
  }

  private String list(Path image, Path folder) throws IOException {
    return programs.run(
        List.of(
            programs.find("debugfs").toString(),
            "-R",
            "ls -l " + folder.toString().substring(1),
            image.toString()));
  }

  private static void export(VirtualDisk disk, Path file) throws IOException {
    byte[] chunk = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long offset = 0; offset < disk.sizeBytes(); offset += chunk.length) {
        disk.read(offset, chunk, 0, chunk.length);
        out.write(chunk);
      }
    }
  }
}
