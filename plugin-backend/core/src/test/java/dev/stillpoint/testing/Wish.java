package dev.stillpoint.testing;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.RestoreRequest.Choices;
import dev.stillpoint.job.RestoreRequest.Mode;
import dev.stillpoint.model.RestorePointId;
import java.util.List;
import java.util.Optional;

/** A restore as a test wants it: nothing but what it says. */
public final class Wish {

  private final RestorePointId point;
  private final Mode mode;
  private final String name;
  private Optional<String> cluster = Optional.empty();
  private Optional<String> storage = Optional.empty();
  private boolean keepMacs;
  private boolean keepOldDisks;
  private Optional<Choices> choices = Optional.empty();
  private List<String> disks = List.of();

  private Wish(RestorePointId point, Mode mode, String name) {
    this.point = point;
    this.mode = mode;
    this.name = name;
  }

  public static Wish inPlace(RestorePoint point) {
    return inPlace(point.id(), point.settings().name());
  }

  public static Wish inPlace(RestorePointId point, String vmName) {
    return new Wish(point, Mode.IN_PLACE, vmName);
  }

  public static Wish asNew(RestorePointId point, String name) {
    return new Wish(point, Mode.NEW_VM, name);
  }

  public Wish cluster(String idOrName) {
    cluster = Optional.of(idOrName);
    return this;
  }

  public Wish storage(String idOrName) {
    storage = Optional.of(idOrName);
    return this;
  }

  public Wish keepMacs() {
    keepMacs = true;
    return this;
  }

  public Wish keepOldDisks() {
    keepOldDisks = true;
    return this;
  }

  public Wish choices(Choices wanted) {
    choices = Optional.of(wanted);
    return this;
  }

  public Wish disks(String... idsOrNames) {
    disks = List.of(idsOrNames);
    return this;
  }

  public RestoreRequest request() {
    return new RestoreRequest(
        point, mode, name, cluster, storage, keepMacs, false, keepOldDisks, choices, disks);
  }
}
