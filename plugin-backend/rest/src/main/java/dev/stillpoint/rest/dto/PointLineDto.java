package dev.stillpoint.rest.dto;

import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A restore point in a list.
 *
 * @param type {@code image}: whole disks
 * @param expires when it is deleted by itself; absent: never
 * @param held somebody keeps it beyond that
 * @param rights what the caller may have done with its VM
 */
public record PointLineDto(
    String id,
    @Words("image") String type,
    String site,
    String vm,
    String vmName,
    Instant time,
    Instant created,
    String run,
    Optional<String> policy,
    @Words(of = PointLine.Mode.class) String mode,
    @Words(of = PointLine.State.class) String state,
    @Words(value = "unknown", of = Consistency.class) String consistency,
    int diskCount,
    long bytesVirtual,
    long bytesRead,
    long bytesStored,
    Optional<Instant> expires,
    boolean held,
    @Words(of = Right.class) List<String> rights) {

  public static PointLineDto of(PointLine line, Set<Right> rights) {
    return new PointLineDto(
        line.id().value(),
        "image",
        line.site().value(),
        line.vm().value(),
        line.vmName(),
        line.time(),
        line.created(),
        line.run().value(),
        line.policy().map(PolicyId::value),
        lower(line.mode()),
        lower(line.state()),
        line.consistency().map(PointLineDto::lower).orElse("unknown"),
        line.diskCount(),
        line.size().bytes(),
        line.read().bytes(),
        line.stored().bytes(),
        line.expires(),
        line.held(),
        ProtectionDto.words(rights));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
