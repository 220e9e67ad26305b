package dev.stillpoint.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.group.Candidate;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recorded fleet: what {@code stillpoint --json vms list --load --placement} prints, or lines of
 * {@code name,bytesPerSecond,bytesToRead[,host[,storage]]}, {@code #} for comments.
 */
final class FleetFile {

  private final Path file;
  private final double changedShare;

  /**
   * @param changedShare what of a VM's disks is read, where the file tells only how large they are
   */
  FleetFile(Path file, double changedShare) {
    this.file = file;
    this.changedShare = changedShare;
  }

  /**
   * @throws StillpointException BAD_REQUEST naming what is wrong in which place
   */
  List<Candidate> read() {
    try {
      String text = Files.readString(file, UTF_8);
      List<Candidate> fleet = text.stripLeading().startsWith("{") ? json(text) : lines(text);
      if (fleet.isEmpty() || fleet.size() > FleetShape.MAX_VMS) {
        throw refusal("it has " + fleet.size() + " VMs; 1 to " + FleetShape.MAX_VMS + " can be");
      }
      return fleet;
    } catch (JsonProcessingException e) {
      throw refusal(e.getOriginalMessage());
    } catch (IOException e) {
      throw refusal(e.toString());
    }
  }

  private List<Candidate> json(String text) throws JsonProcessingException {
    List<Candidate> fleet = new ArrayList<>();
    for (JsonNode vm : new ObjectMapper().readTree(text).path("items")) {
      JsonNode load = vm.path("load");
      double bytesPerSecond =
          load.path("bytesReadPerSecond").asDouble()
              + load.path("bytesWrittenPerSecond").asDouble();
      List<String> storages = new ArrayList<>();
      vm.path("placement").path("storages").forEach(storage -> storages.add(storage.asText()));
      fleet.add(
          candidate(
              fleet.size(),
              vm.path("name").asText(),
              bytesPerSecond,
              vm.path("provisionedBytes").asDouble() * changedShare,
              vm.path("placement").path("host").asText(),
              storages));
    }
    return fleet;
  }

  private List<Candidate> lines(String text) {
    List<Candidate> fleet = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        fleet.add(line(fleet.size(), line, number));
      }
    }
    return fleet;
  }

  private Candidate line(int position, String line, int number) {
    String[] cells = line.split(",", -1);
    if (cells.length < 3 || cells.length > 5) {
      throw refusal("line " + number + " has " + cells.length + " cells, not 3 to 5");
    }
    return candidate(
        position,
        cells[0].strip(),
        amount(cells[1], number),
        amount(cells[2], number),
        cells.length > 3 ? cells[3].strip() : "",
        cells.length > 4 ? List.of(cells[4].strip()) : List.of());
  }

  private double amount(String cell, int number) {
    return Optional.of(cell.strip())
        .filter(text -> text.matches("[0-9]{1,18}(\\.[0-9]{1,9})?"))
        .map(Double::parseDouble)
        .orElseThrow(() -> refusal("line " + number + ": '" + cell.strip() + "' is no amount"));
  }

  private static Candidate candidate(
      int position, String name, double load, double bytes, String host, List<String> storages) {
    return new Candidate(position, name, load, bytes, ReadingTime.seconds(bytes), host, storages);
  }

  private StillpointException refusal(String why) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        "The fleet " + file + " cannot be used: " + why,
        "Write one with: stillpoint --json vms list --load --placement");
  }
}
