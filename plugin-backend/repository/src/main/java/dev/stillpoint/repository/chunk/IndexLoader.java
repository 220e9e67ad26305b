package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.Packs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the index into memory when a repository is opened: from the run files, and from the packs
 * themselves where no sound run lists a part of them (after a crash, or damage).
 */
final class IndexLoader {

  /** Fewer runs than this are never worth merging. */
  private static final int FEW_RUNS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(IndexLoader.class);

  private final BlobStore blobs;
  private final IndexFiles files;
  private final SortedMap<Integer, Long> packs;
  private final ChunkIndex index = new ChunkIndex();
  private final Map<Integer, List<PackExtent>> extents = new HashMap<>();
  private final Set<String> findings = new LinkedHashSet<>();
  private int lastPack;

  IndexLoader(BlobStore blobs, IndexFiles files) {
    this.blobs = blobs;
    this.files = files;
    this.packs = Packs.list(blobs);
  }

  /** Everything that the packs hold is in the returned index. */
  ChunkIndex load() {
    List<Long> numbers = files.list();
    Set<Long> sound = new HashSet<>();
    for (long number : numbers) {
      IndexRun.decode(files.read(number))
          .ifPresentOrElse(
              run -> {
                sound.add(number);
                take(number, run, sound);
              },
              () ->
                  note(
                      "The index file "
                          + IndexFiles.name(number)
                          + " is damaged; its entries are read from the packs"));
    }
    int loaded = index.size();
    List<PackExtent> gaps = gaps();
    gaps.forEach(this::recover);
    try {
      save(numbers, sound, loaded, gaps);
    } catch (StillpointException e) {
      // A full disk must not keep anybody from restoring; the next start reads the packs again.
      LOG.warn("The recovered index could not be saved: {}", e.getMessage());
    }
    findings.forEach(LOG::warn);
    return index;
  }

  private void save(List<Long> numbers, Set<Long> sound, int loaded, List<PackExtent> gaps) {
    boolean many = sound.size() > FEW_RUNS + 2 * (index.size() / files.entriesPerRun());
    if (many) {
      files.write(allExtents(), 0, index.size(), index::copy);
      sound.forEach(files::delete);
    } else if (!gaps.isEmpty()) {
      files.write(gaps, loaded, index.size(), index::copy);
    }
    numbers.stream().filter(number -> !sound.contains(number)).forEach(files::delete);
  }

  /** What was found wrong, a sentence each; nothing that a mere crash leaves behind. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  long packBytes() {
    return Packs.totalBytes(packs);
  }

  /** A number that no pack had before, not even one that is lost. */
  int nextPack() {
    return 1 + Math.max(lastPack, packs.isEmpty() ? 0 : packs.lastKey());
  }

  private void take(long number, IndexRun run, Set<Long> sound) {
    run.forEach((id, place) -> index.put(id, isThere(place) ? place : place.asDamaged()));
    boolean whole =
        LongStream.rangeClosed(1, run.earlierParts())
            .allMatch(earlier -> sound.contains(number - earlier));
    for (PackExtent extent : run.extents()) {
      lastPack = Math.max(lastPack, extent.pack());
      if (!packs.containsKey(extent.pack())) {
        note("The pack " + Packs.name(extent.pack()) + " is missing");
      } else if (packs.get(extent.pack()) < extent.to()) {
        note("The pack " + Packs.name(extent.pack()) + " is shorter than it was");
      }
      if (whole) {
        extents.computeIfAbsent(extent.pack(), pack -> new ArrayList<>()).add(extent);
      }
    }
  }

  private void note(String finding) {
    findings.add(finding);
  }

  private boolean isThere(ChunkPlace place) {
    Long packBytes = packs.get(place.pack());
    return packBytes != null && (long) place.offset() + place.length() <= packBytes;
  }

  private List<PackExtent> gaps() {
    List<PackExtent> gaps = new ArrayList<>();
    for (Map.Entry<Integer, Long> pack : packs.entrySet()) {
      List<PackExtent> known = extents.getOrDefault(pack.getKey(), List.of());
      long end = 0;
      for (PackExtent extent :
          known.stream().sorted(Comparator.comparingLong(PackExtent::from)).toList()) {
        if (extent.from() > end) {
          gaps.add(new PackExtent(pack.getKey(), end, extent.from()));
        }
        end = Math.max(end, extent.to());
      }
      if (end < pack.getValue()) {
        gaps.add(new PackExtent(pack.getKey(), end, pack.getValue()));
      }
    }
    return gaps;
  }

  private void recover(PackExtent gap) {
    BlobName pack = Packs.name(gap.pack());
    // What a killed process wrote may still be in memory only; from now on we rely on it.
    blobs.sync(pack);
    int before = index.size();
    long lostBytes =
        new PackScanner(blobs)
            .scan(
                gap,
                (id, place) -> {
                  if (!index.knows(id)) {
                    index.put(id, place);
                  }
                });
    LOG.info(
        "Read an unlisted part of a pack: pack={} fromBytes={} toBytes={} newChunks={} lostBytes={}",
        pack,
        gap.from(),
        gap.to(),
        index.size() - before,
        lostBytes);
  }

  /** What a run that lists everything covers; lost packs stay known as lost. */
  private List<PackExtent> allExtents() {
    List<PackExtent> all = new ArrayList<>();
    packs.forEach((pack, sizeBytes) -> all.add(new PackExtent(pack, 0, sizeBytes)));
    extents.forEach(
        (pack, known) -> {
          if (!packs.containsKey(pack)) {
            all.addAll(known);
          }
        });
    return all;
  }
}
