package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.event.Change;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.dto.EventsDto.PointsEventDto;
import dev.stillpoint.rest.dto.EventsDto.QueueEventDto;
import dev.stillpoint.rest.dto.EventsDto.QueuedDto;
import dev.stillpoint.rest.dto.EventsDto.RunEventDto;
import dev.stillpoint.rest.dto.RepositoryDto;
import java.util.List;
import java.util.Optional;

/** What of a change a caller may be told: nothing that the lists would not show him. */
final class EventFilter {

  private final RunSight sight;
  private final String directory;

  EventFilter(RunSight sight, String directory) {
    this.sight = sight;
    this.directory = directory;
  }

  /** What is told, under a name. */
  record Event(String name, Object data) {}

  Optional<Event> of(Change change, Access access) {
    if (change instanceof Change.OfRun run) {
      return Optional.of(run)
          .filter(one -> sight.sees(access, one.run()))
          .map(one -> new Event("run", RunEventDto.of(one)));
    }
    if (change instanceof Change.OfQueue queue) {
      List<Run> seen = queue.runs().stream().filter(run -> sight.sees(access, run)).toList();
      return Optional.of(
          new Event("queue", new QueueEventDto(seen.stream().map(QueuedDto::of).toList())));
    }
    if (change instanceof Change.OfPoints points) {
      return points(points, access);
    }
    Change.OfSpace space = (Change.OfSpace) change;
    return access.isAdministrator()
        ? Optional.of(
            new Event("repository", RepositoryDto.of(directory, space.space(), List.of())))
        : Optional.empty();
  }

  private static Optional<Event> points(Change.OfPoints points, Access access) {
    List<String> seen =
        points.vms().stream()
            .filter(vm -> access.sees(points.site(), vm))
            .map(VmId::value)
            .sorted()
            .toList();
    boolean told = points.vms().isEmpty() ? access.sees(points.site()) : !seen.isEmpty();
    return told
        ? Optional.of(new Event("points", new PointsEventDto(points.site().value(), seen)))
        : Optional.empty();
  }
}
