package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMap;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The point writer of a {@link Repository}. */
final class PointSession implements PointWriter {

  private static final int MAX_NAME_LENGTH = 1024;

  private final RestorePointId id;
  private final ChunkStore chunks;
  private final ChunkSession session;
  private final ManifestStore manifests;
  private final InstantSource clock;
  private final Runnable onClose;
  private final long generation;
  private final Map<String, PointPart> parts = new LinkedHashMap<>();
  private final AtomicReference<StillpointException> failure = new AtomicReference<>();
  private boolean closed;

  /**
   * @param onClose runs once, when this writer has ended
   */
  PointSession(
      RestorePointId id,
      ChunkStore chunks,
      ManifestStore manifests,
      InstantSource clock,
      Runnable onClose) {
    this.id = id;
    this.chunks = chunks;
    this.manifests = manifests;
    this.clock = clock;
    this.onClose = onClose;
    this.generation = chunks.generation();
    this.session = chunks.startSession();
  }

  RestorePointId id() {
    return id;
  }

  @Override
  public synchronized ImageWriter startImage(String name, ByteCount size) {
    return start(name, size, ChunkId.HOLE);
  }

  @Override
  public synchronized ImageWriter startImage(String name, ByteCount size, ImageRef base) {
    ManifestImage image = manifests.image(base);
    if (image.layout() != ImageLayout.GRID) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "The " + base + " is a stream: no disk can be built on it", "");
    }
    session.hold(ChunkId.parse(image.rootHash()));
    // Held before the second look: whoever expires the base from now on leaves it to us.
    manifests.image(base);
    if (KnownDamage.in(image, chunks)) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The " + base + " is damaged, nothing can be built on it",
          "Read the disk in full: that heals what has not changed since.");
    }
    return start(name, size, ChunkId.parse(image.rootHash()));
  }

  @Override
  public synchronized StreamWriter startStream(String name) {
    requireStartable(name);
    StreamSession stream = new StreamSession(this, name, chunks, session);
    parts.put(name, stream);
    return stream;
  }

  @Override
  public synchronized Manifest commit(Map<String, String> labels, String document) {
    requireOpen();
    List<ManifestImage> finished = new ArrayList<>();
    for (PointPart part : parts.values()) {
      finished.add(
          part.result()
              .orElseThrow(
                  () ->
                      new StillpointException(
                          ErrorKind.CONFLICT, "The " + part + " is not finished", "")));
    }
    Manifest manifest = new Manifest(id, clock.instant(), finished, labels, document);
    guarded(
        () -> {
          chunks.flush();
          // What was flushed is all that was put, unless a pack was given up since we began.
          chunks.requireGeneration(generation);
          manifests.save(manifest);
        });
    close();
    return manifest;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      parts.values().forEach(PointPart::close);
      session.close();
      onClose.run();
    }
  }

  /** Runs a step that must not be followed by others when it fails. Thread-safe. */
  void guarded(Runnable step) {
    StillpointException earlier = failure.get();
    if (earlier != null) {
      throw new StillpointException(
          earlier.kind(),
          "Writing restore point " + id + " failed before: " + earlier.getMessage(),
          earlier.remedy(),
          earlier);
    }
    try {
      chunks.requireGeneration(generation);
      step.run();
    } catch (StillpointException e) {
      failure.compareAndSet(null, e);
      throw e;
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(
          null, new StillpointException(ErrorKind.INTERNAL, "An unexpected error: " + e, "", e));
      throw e;
    }
  }

  private ImageWriter start(String name, ByteCount size, ChunkId base) {
    requireStartable(name);
    if (Grid.chunks(size.bytes()) > DiskMap.MAX_CHUNKS) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The image '" + name + "' of " + size + " is larger than 256 TiB",
          "");
    }
    AtomicReference<ImageSession> image = new AtomicReference<>();
    guarded(() -> image.set(new ImageSession(this, name, size.bytes(), chunks, session, base)));
    parts.put(name, image.get());
    return image.get();
  }

  private void requireStartable(String name) {
    requireOpen();
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "An image's name has 1 to " + MAX_NAME_LENGTH + " characters, not " + name.length(),
          "");
    }
    if (parts.containsKey(name)) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Restore point " + id + " has an image '" + name + "' already", "");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Writing restore point " + id + " has ended already", "");
    }
  }
}
