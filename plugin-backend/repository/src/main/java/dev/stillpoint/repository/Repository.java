package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Interim. */
public final class Repository implements AutoCloseable {

  public static final int GRID_BYTES = 65536;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Place(long offset, int length) {}

  private final Path directory;
  private final InstantSource clock;
  private final FileChannel pack;
  private long end;
  private final Map<String, Place> index = new ConcurrentHashMap<>();

  private Repository(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    try {
      Files.createDirectories(directory.resolve("manifests"));
      pack =
          FileChannel.open(
              directory.resolve("pack"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      ByteBuffer header = ByteBuffer.allocate(36);
      while (true) {
        header.clear();
        if (pack.read(header, end) < 36) {
          break;
        }
        header.flip();
        byte[] id = new byte[32];
        header.get(id);
        int length = header.getInt();
        if (end + 36 + length > pack.size()) {
          break;
        }
        index.put(HexFormat.of().formatHex(id), new Place(end + 36, length));
        end += 36 + length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static boolean exists(Path directory) {
    return Files.exists(directory.resolve("pack"));
  }

  public static Repository create(Path directory, InstantSource clock) {
    return new Repository(directory, clock);
  }

  public static Repository open(Path directory, InstantSource clock) {
    return new Repository(directory, clock);
  }

  public PointWriter startPoint(RestorePointId id) {
    return new Writer(id);
  }

  public List<Manifest> manifests() {
    try (var files = Files.list(directory.resolve("manifests"))) {
      List<Manifest> all = new ArrayList<>();
      for (Path file : files.toList()) {
        all.add(read(file));
      }
      all.sort((a, b) -> a.created().compareTo(b.created()));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<Manifest> manifest(RestorePointId id) {
    Path file = file(id);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  public ImageReader openImage(ImageRef image) {
    Manifest manifest =
        manifest(image.point())
            .orElseThrow(
                () ->
                    new StillpointException(ErrorKind.NOT_FOUND, "No point " + image.point(), ""));
    long size =
        manifest.images().stream()
            .filter(i -> i.name().equals(image.image()))
            .findFirst()
            .orElseThrow()
            .size()
            .bytes();
    return new Reader(size, map(image));
  }

  public void expire(RestorePointId id) {
    try {
      Files.delete(file(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public VerifyReport verify(RestorePointId id, Cancellation cancellation) {
    long chunks = 0;
    for (ManifestImage image : manifest(id).orElseThrow().images()) {
      for (String chunk : map(new ImageRef(id, image.name()))) {
        if (!chunk.isEmpty()) {
          load(chunk);
          chunks++;
        }
      }
    }
    return new VerifyReport(id, chunks, ByteCount.ofBytes(chunks * GRID_BYTES), List.of());
  }

  public RepositoryUsage usage() {
    return new RepositoryUsage(
        ByteCount.ofBytes(end),
        ByteCount.ofBytes(directory.toFile().getUsableSpace()),
        manifests().size());
  }

  @Override
  public void close() {
    try {
      pack.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(RestorePointId id) {
    return directory.resolve("manifests").resolve(id.value());
  }

  private Manifest read(Path file) {
    try {
      JsonNode json = JSON.readTree(file.toFile());
      List<ManifestImage> images = new ArrayList<>();
      json.get("images")
          .forEach(
              i ->
                  images.add(
                      new ManifestImage(
                          i.get("name").asText(),
                          ByteCount.ofBytes(i.get("size").asLong()),
                          ByteCount.ofBytes(i.get("data").asLong()),
                          ByteCount.ofBytes(i.get("stored").asLong()),
                          "")));
      return new Manifest(
          new RestorePointId(json.get("id").asText()),
          Instant.parse(json.get("created").asText()),
          images,
          Map.of(),
          json.get("document").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String[] map(ImageRef image) {
    try {
      JsonNode json = JSON.readTree(file(image.point()).toFile());
      for (JsonNode i : json.get("images")) {
        if (i.get("name").asText().equals(image.image())) {
          String[] map = new String[i.get("map").size()];
          for (int c = 0; c < map.length; c++) {
            map[c] = i.get("map").get(c).asText();
          }
          return map;
        }
      }
      throw new StillpointException(ErrorKind.NOT_FOUND, "No image " + image, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] load(String id) {
    Place place = index.get(id);
    ByteBuffer buffer = ByteBuffer.allocate(place.length());
    try {
      while (buffer.hasRemaining()) {
        if (pack.read(buffer, place.offset() + buffer.position()) < 0) {
          throw new StillpointException(ErrorKind.CORRUPT_DATA, "short pack", "");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Zstd.decompress(buffer.array(), GRID_BYTES);
  }

  private long store(String id, byte[] chunk) {
    if (index.containsKey(id)) {
      return 0;
    }
    byte[] packed = Zstd.compress(chunk, 1);
    synchronized (this) {
      if (index.containsKey(id)) {
        return 0;
      }
      ByteBuffer record = ByteBuffer.allocate(36 + packed.length);
      record.put(HexFormat.of().parseHex(id)).putInt(packed.length).put(packed).flip();
      try {
        while (record.hasRemaining()) {
          pack.write(record, end + record.position());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      index.put(id, new Place(end + 36, packed.length));
      end += 36 + packed.length;
      return packed.length;
    }
  }

  private final class Reader implements ImageReader {
    private final long size;
    private final String[] map;

    Reader(long size, String[] map) {
      this.size = size;
      this.map = map;
    }

    @Override
    public ByteCount size() {
      return ByteCount.ofBytes(size);
    }

    @Override
    public List<ByteRange> dataRanges() {
      List<ByteRange> ranges = new ArrayList<>();
      for (int c = 0; c < map.length; c++) {
        if (!map[c].isEmpty()) {
          long start = (long) c * GRID_BYTES;
          long stop = Math.min(size, start + GRID_BYTES);
          int last = ranges.size() - 1;
          if (last >= 0 && ranges.get(last).end() == start) {
            ranges.set(last, ByteRange.between(ranges.get(last).start(), stop));
          } else {
            ranges.add(ByteRange.between(start, stop));
          }
        }
      }
      return ranges;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      long at = offset;
      while (into.hasRemaining()) {
        int c = (int) (at / GRID_BYTES);
        int within = (int) (at % GRID_BYTES);
        int length = Math.min(GRID_BYTES - within, into.remaining());
        byte[] chunk = map[c].isEmpty() ? new byte[GRID_BYTES] : load(map[c]);
        into.put(chunk, within, length);
        at += length;
      }
    }

    @Override
    public void close() {}
  }

  private final class Writer implements PointWriter {
    private final RestorePointId id;
    private final Map<String, Image> images = new HashMap<>();

    Writer(RestorePointId id) {
      this.id = id;
    }

    @Override
    public ImageWriter startImage(String name, ByteCount size) {
      String[] map = new String[(int) ((size.bytes() + GRID_BYTES - 1) / GRID_BYTES)];
      Arrays.fill(map, "");
      Image image = new Image(size.bytes(), map);
      images.put(name, image);
      return image;
    }

    @Override
    public ImageWriter startImage(String name, ByteCount size, ImageRef base) {
      Image image = (Image) startImage(name, size);
      String[] old = map(base);
      System.arraycopy(old, 0, image.map, 0, Math.min(old.length, image.map.length));
      return image;
    }

    @Override
    public Manifest commit(Map<String, String> labels, String document) {
      ObjectNode json = JSON.createObjectNode();
      json.put("id", id.value()).put("created", clock.instant().toString());
      json.put("document", document);
      ArrayNode array = json.putArray("images");
      images.forEach(
          (name, image) -> {
            ObjectNode i = array.addObject();
            i.put("name", name).put("size", image.size).put("stored", image.stored.get());
            long data = 0;
            ArrayNode map = i.putArray("map");
            for (String chunk : image.map) {
              map.add(chunk);
              data += chunk.isEmpty() ? 0 : GRID_BYTES;
            }
            i.put("data", data);
          });
      try {
        pack.force(false);
        Path temporary = directory.resolve("new-" + id.value());
        Files.write(temporary, json.toString().getBytes(UTF_8));
        Files.move(temporary, file(id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return read(file(id));
    }

    @Override
    public void close() {}
  }

  private final class Image implements ImageWriter {
    private final long size;
    private final String[] map;
    private final AtomicLong stored = new AtomicLong();

    Image(long size, String[] map) {
      this.size = size;
      this.map = map;
    }

    @Override
    public void write(long offset, ByteBuffer data) {
      long at = offset;
      while (data.hasRemaining()) {
        byte[] chunk = new byte[GRID_BYTES];
        data.get(chunk, 0, Math.min(GRID_BYTES, data.remaining()));
        String id = "";
        for (byte b : chunk) {
          if (b != 0) {
            id = hash(chunk);
            stored.addAndGet(store(id, chunk));
            break;
          }
        }
        synchronized (this) {
          map[(int) (at / GRID_BYTES)] = id;
        }
        at += GRID_BYTES;
      }
    }

    @Override
    public synchronized void zero(ByteRange range) {
      for (long at = range.start(); at < range.end(); at += GRID_BYTES) {
        map[(int) (at / GRID_BYTES)] = "";
      }
    }

    @Override
    public ByteCount bytesStored() {
      return ByteCount.ofBytes(stored.get());
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }

  private static String hash(byte[] chunk) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(chunk));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
