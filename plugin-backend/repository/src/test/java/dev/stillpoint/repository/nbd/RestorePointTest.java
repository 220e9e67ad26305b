package dev.stillpoint.repository.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.ImageWriter;
import dev.stillpoint.repository.PointWriter;
import dev.stillpoint.repository.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of a real repository, from the backup to a client's bytes. */
class RestorePointTest {

  private static final int SIZE = 40 * FakeImage.GRID + 1000;

  private final byte[] disk = FakeImage.ofBytes(SIZE).content;
  @TempDir Path folder;

  private ImageRef backUp(Repository repository) {
    RestorePointId id = new RestorePointId("p1");
    try (PointWriter point = repository.startPoint(id)) {
      try (ImageWriter image = point.startImage("disk", ByteCount.ofBytes(SIZE))) {
        image.write(0, ByteBuffer.wrap(disk));
        image.finish();
      }
      point.commit(Map.of(), "");
    }
    return new ImageRef(id, "disk");
  }

  private static NbdServer serve(Repository repository, ImageRef image) {
    return NbdServer.start(
        NbdSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        List.of(new NbdExport("p1/disk", "", () -> repository.openImage(image))));
  }

  @Test
  void comesBackByteForByteAndStaysReadableWhenItIsExpiredMeanwhile() throws IOException {
    try (Repository repository =
            Repository.create(folder.resolve("repository"), InstantSource.system());
        NbdServer server = serve(repository, backUp(repository));
        TestClient client = new TestClient(server.address()).enter("p1/disk")) {
      assertThat(client.read(0, 0, SIZE)).isEqualTo(disk);
      repository.expire(new RestorePointId("p1"));
      assertThat(client.read(0, FakeImage.GRID / 2, 3 * FakeImage.GRID))
          .startsWith(disk[FakeImage.GRID / 2]);
      try (TestClient late = new TestClient(server.address()).enter("p1/disk")) {
        assertThat(late.read(0, 0, 1)).as("by the open reader").hasSize(1);
      }
    }
  }

  @Test
  void aDamagedPackIsNamedToTheClientAndNothingWrongIsGiven() throws IOException {
    Path directory = folder.resolve("repository");
    ImageRef image;
    try (Repository repository = Repository.create(directory, InstantSource.system())) {
      image = backUp(repository);
    }
    Path pack = firstPack(directory);
    byte[] content = Files.readAllBytes(pack);
    content[content.length / 2] ^= 1;
    Files.write(pack, content);
    try (Repository repository = Repository.open(directory, InstantSource.system());
        NbdServer server = serve(repository, image);
        TestClient client = new TestClient(server.address()).enter("p1/disk")) {
      int failures = 0;
      for (int chunk = 0; chunk < 40; chunk++) {
        Optional<byte[]> read = readOrError(client, (long) chunk * FakeImage.GRID);
        if (read.isEmpty()) {
          failures++;
        } else {
          assertThat(ByteBuffer.wrap(read.get()))
              .isEqualTo(ByteBuffer.wrap(disk, chunk * FakeImage.GRID, FakeImage.GRID));
        }
      }
      assertThat(failures).isPositive();
    }
  }

  private static Optional<byte[]> readOrError(TestClient client, long offset) throws IOException {
    client.request(Wire.CMD_FLAG_DF, Wire.CMD_READ, 1, offset, FakeImage.GRID);
    TestClient.Chunk chunk = client.chunk();
    if (chunk.type() == Wire.REPLY_OFFSET_DATA) {
      byte[] data = new byte[FakeImage.GRID];
      chunk.data().position(8).get(data);
      return Optional.of(data);
    }
    byte[] rest = new byte[chunk.data().remaining()];
    chunk.data().get(rest);
    assertThat(new String(rest, StandardCharsets.ISO_8859_1)).contains(".pack");
    return Optional.empty();
  }

  private static Path firstPack(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".pack")).sorted().findFirst().get();
    }
  }
}
