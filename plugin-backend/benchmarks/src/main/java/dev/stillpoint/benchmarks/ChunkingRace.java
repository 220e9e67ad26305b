package dev.stillpoint.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts, hashes and compresses images in several ways and tells what each costs: {@code ChunkingRace
 * IMAGE [SECOND [THIRD…]] [--only TEXT] [--json FILE]}, only candidates whose name has that text.
 * Each image is stored on top of those before it.
 *
 * <p>All candidates see each piece of an image in turn, so that it is read once, in one thread.
 */
public final class ChunkingRace {

  private static final int READ_BYTES = 4 << 20;
  private static final byte[] ZEROES = new byte[Racer.GRID_BYTES];

  private final List<Racer> racers;

  ChunkingRace(List<Candidate> candidates) {
    this.racers = candidates.stream().map(one -> new Racer(one, READ_BYTES)).toList();
  }

  public static void main(String[] args) throws IOException {
    List<Path> images = new ArrayList<>();
    List<Path> json = new ArrayList<>();
    String only = "";
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--json") && i + 1 < args.length) {
        i++;
        json.add(Path.of(args[i]));
      } else if (args[i].equals("--only") && i + 1 < args.length) {
        i++;
        only = args[i];
      } else {
        images.add(Path.of(args[i]));
      }
    }
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          "Usage: ChunkingRace IMAGE [SECOND…] [--only TEXT] [--json FILE]");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ChunkingRace race = new ChunkingRace(named(only));
    List<RaceResult> results = new ArrayList<>();
    for (Path image : images) {
      List<RaceResult> ofImage = race.run(image);
      results.addAll(ofImage);
    }
    race.racers.forEach(Racer::close);
    out.print(RaceReport.table(results));
    for (Path file : json) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(file.toFile(), results);
    }
  }

  private static List<Candidate> named(String text) {
    return Candidate.all().stream().filter(one -> one.name().contains(text)).toList();
  }

  /** Lets all candidates store one more image. */
  List<RaceResult> run(Path image) throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    long dataBytes = 0;
    try (InputStream in = Files.newInputStream(image)) {
      int length = in.readNBytes(buffer, 0, READ_BYTES);
      while (length > 0) {
        dataBytes += feed(buffer, length);
        length = in.readNBytes(buffer, 0, READ_BYTES);
      }
    }
    List<RaceResult> results = new ArrayList<>();
    for (Racer racer : racers) {
      results.add(racer.finish(String.valueOf(image.getFileName()), dataBytes));
    }
    return results;
  }

  /** Divides a piece into runs of data and of holes; returns the bytes of data. */
  private long feed(byte[] buffer, int length) {
    long dataBytes = 0;
    int at = 0;
    while (at < length) {
      boolean hole = isHole(buffer, at, length);
      int end = at;
      while (end < length && isHole(buffer, end, length) == hole) {
        end += Math.min(Racer.GRID_BYTES, length - end);
      }
      int from = at;
      int count = end - at;
      if (hole) {
        racers.forEach(racer -> racer.hole(count));
      } else {
        racers.forEach(racer -> racer.data(buffer, from, count));
        dataBytes += count;
      }
      at = end;
    }
    return dataBytes;
  }

  private static boolean isHole(byte[] buffer, int at, int length) {
    int end = Math.min(length, at + Racer.GRID_BYTES);
    return Arrays.equals(buffer, at, end, ZEROES, 0, end - at);
  }
}
