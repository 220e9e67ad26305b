package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.dto.RestoreRequestDto;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what callers want restored, and looks whether they may. */
final class RestoreWish {

  private RestoreWish() {}

  /**
   * @throws StillpointException BAD_REQUEST; PERMISSION naming what the caller lacks on the VM
   */
  static RestoreRequest of(RestorePoint point, RestoreRequestDto sent, Access access) {
    RestoreRequest request = request(point, sent, access);
    PointAccess.require(request.mode().right(), point, access);
    if (request.chosen().permissions()) {
      access.requireAdministrator(point.site(), "give people their roles back");
    }
    if (request.goesElsewhere()) {
      // His permits elsewhere are not known here, and the service account has them all.
      access.requireAdministrator(
          point.site(), "choose the cluster, storage or networks of a restore");
    }
    return request;
  }

  private static RestoreRequest request(RestorePoint point, RestoreRequestDto sent, Access access) {
    RestoreRequest.Mode mode = mode(Require.present(sent.mode(), "mode"));
    String name =
        switch (mode) {
          case IN_PLACE -> point.settings().name();
          case NEW_VM -> Require.present(sent.name().orElse(null), "name");
        };
    return new RestoreRequest(
        point.id(),
        mode,
        name,
        sent.cluster(),
        sent.storage(),
        sent.keepMacs(),
        sent.connectNics(),
        sent.keepOldDisks(),
        Optional.of(
                new RestoreRequest.Choices(
                    sent.networks().orElse(Map.of()),
                    sent.permissions().orElse(false),
                    mode == RestoreRequest.Mode.NEW_VM ? access.owner() : Optional.empty()))
            .filter(choices -> !choices.equals(RestoreRequest.Choices.NONE)),
        sent.disks().orElse(List.of()));
  }

  private static RestoreRequest.Mode mode(String mode) {
    return switch (mode) {
      case "in-place" -> RestoreRequest.Mode.IN_PLACE;
      case "new-vm" -> RestoreRequest.Mode.NEW_VM;
      default ->
          throw new StillpointException(
              ErrorKind.BAD_REQUEST,
              "There is no restore mode '" + mode + "'",
              "Modes: in-place, new-vm");
    };
  }
}
