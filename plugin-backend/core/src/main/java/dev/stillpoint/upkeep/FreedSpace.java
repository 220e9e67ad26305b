package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.maintenance.OwnerUsage;
import dev.stillpoint.repository.maintenance.UsageFigures;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Foresees what a collection gives back once chosen points are gone.
 *
 * <p>What was written before a chosen point comes free where the next point that stays has
 * something else at the same place. What other VMs share, or what lies elsewhere on the same disk,
 * is not seen: it is about the most. How well it was compressed is taken from the chosen points.
 */
public final class FreedSpace {

  /** Content that happened to be known already says nothing about compression. */
  private static final double LEAST_RATIO = 0.2;

  private final Repository repository;
  private final Catalog catalog;
  private final PointLedger ledger;

  public FreedSpace(Repository repository, Catalog catalog, PointLedger ledger) {
    this.repository = requireNonNull(repository, "repository");
    this.catalog = requireNonNull(catalog, "catalog");
    this.ledger = requireNonNull(ledger, "ledger");
  }

  /**
   * @return for each VM what comes free, at most about; a VM with a point that cannot be read is
   *     left out: of it nothing is known
   */
  public Map<VmRef, ByteCount> of(List<KeptPoint> chosen) {
    Map<VmRef, Set<RestorePointId>> byVm = new LinkedHashMap<>();
    for (KeptPoint point : chosen) {
      byVm.computeIfAbsent(point.vm(), vm -> new HashSet<>()).add(point.id());
    }
    UsageFigures usage = repository.maintenance().usageByOwner();
    Map<VmRef, ByteCount> freed = new LinkedHashMap<>();
    byVm.forEach((vm, ids) -> ofVm(vm, ids, usage).ifPresent(bytes -> freed.put(vm, bytes)));
    return freed;
  }

  private Optional<ByteCount> ofVm(VmRef vm, Set<RestorePointId> chosen, UsageFigures usage) {
    try {
      long about = Math.round(virtual(vm, chosen) * ratio(chosen));
      // What nobody else needs is the most, where a collection has found it out.
      Optional<Long> most =
          usage
              .asOf()
              .flatMap(time -> Optional.ofNullable(usage.owners().get(vm.vm().value())))
              .map(OwnerUsage::unique)
              .map(ByteCount::bytes);
      return Optional.of(
          ByteCount.ofBytes(most.map(bytes -> Math.min(bytes, about)).orElse(about)));
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.CORRUPT_DATA || e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private long virtual(VmRef vm, Set<RestorePointId> chosen) {
    Map<String, DiskChain> disks = new LinkedHashMap<>();
    for (KeptPoint point : ledger.ofVm(vm)) {
      Optional<Manifest> manifest = repository.manifest(point.id());
      for (ManifestImage image : manifest.map(Manifest::images).orElse(List.of())) {
        disks
            .computeIfAbsent(image.name(), name -> new DiskChain(repository))
            .next(new ImageRef(point.id(), image.name()), chosen.contains(point.id()));
      }
    }
    return disks.values().stream().mapToLong(DiskChain::freed).sum();
  }

  private double ratio(Set<RestorePointId> chosen) {
    long read = 0;
    long stored = 0;
    for (RestorePointId id : chosen) {
      for (RestorePoint.Disk disk : catalog.find(id).map(RestorePoint::disks).orElse(List.of())) {
        read += disk.read().bytes();
        stored += disk.stored().bytes();
      }
    }
    return read == 0 ? 1 : Math.max(LEAST_RATIO, Math.min(1, (double) stored / read));
  }
}
