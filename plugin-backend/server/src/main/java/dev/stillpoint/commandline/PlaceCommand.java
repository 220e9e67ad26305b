package dev.stillpoint.commandline;

import dev.stillpoint.model.Place;

/** Which command shows, or does, what a refusal of the server leads to. */
final class PlaceCommand {

  private PlaceCommand() {}

  static String of(Place place) {
    return "stillpoint "
        + switch (place) {
          case SITES -> "sites list";
          case VMS -> "vms list";
          case GROUPS -> "groups list";
          case POLICIES -> "policies list";
          case PAST_POLICIES -> "policies past";
          case RUNS -> "runs list";
          case POINTS -> "points list";
          case HOLDS -> "points release POINT";
          case RESTORE -> "restore";
          case REPOSITORY -> "repository status";
        };
  }
}
