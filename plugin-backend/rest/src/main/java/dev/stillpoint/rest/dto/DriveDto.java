package dev.stillpoint.rest.dto;

import dev.stillpoint.drive.Drive;
import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.hypervisor.Medium;
import java.util.Optional;

/** A VM's CD drive. */
public record DriveDto(
    boolean running,
    Optional<MediumDto> now,
    Optional<MediumDto> nextStart,
    Optional<BeforeDto> before,
    boolean brought) {

  /** What lies in a drive, and whether Stillpoint brought it. */
  public record MediumDto(String reference, String name, boolean ours) {

    static MediumDto of(Medium medium, boolean ours) {
      return new MediumDto(medium.reference(), medium.name(), ours);
    }
  }

  /** What the drive held before. */
  public record BeforeDto(Optional<MediumDto> now, Optional<MediumDto> nextStart) {

    static BeforeDto of(DriveContent content) {
      return new BeforeDto(
          content.now().map(medium -> MediumDto.of(medium, false)),
          content.nextStart().map(medium -> MediumDto.of(medium, false)));
    }
  }

  public static DriveDto of(Drive drive) {
    return new DriveDto(
        drive.content().running(),
        drive.content().now().map(medium -> of(drive, medium)),
        drive.content().nextStart().map(medium -> of(drive, medium)),
        drive.before().map(BeforeDto::of),
        drive.brought());
  }

  private static MediumDto of(Drive drive, Medium medium) {
    boolean ours = drive.ours().stream().anyMatch(disk -> disk.value().equals(medium.reference()));
    return MediumDto.of(medium, ours);
  }
}
