package dev.stillpoint.drive;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An image that we brought, as the journal keeps it.
 *
 * @param operation under which it stands there
 * @param before what the drive of each VM held before the image came into it
 */
record UploadedIso(
    RunId operation,
    SiteId site,
    Instant since,
    DiskId disk,
    String name,
    String sha256,
    Map<VmId, DriveContent> before) {

  private static final String NAME = "name";
  private static final String SHA256 = "sha256";
  private static final String IN_DRIVE_OF = "before:";
  private static final String SEPARATOR = "\n";
  private static final int PARTS = 4;

  UploadedIso {
    requireNonNull(operation, "operation");
    requireNonNull(site, "site");
    requireNonNull(since, "since");
    requireNonNull(disk, "disk");
    requireNonNull(name, "name");
    requireNonNull(sha256, "sha256");
    before = Map.copyOf(before);
  }

  static boolean isOne(JournalEntry entry) {
    return entry.effect().kind() == OutsideEffect.Kind.MEDIA;
  }

  static UploadedIso of(JournalEntry entry) {
    Map<String, String> details = entry.effect().details();
    Map<VmId, DriveContent> before = new HashMap<>();
    details.forEach(
        (key, value) -> {
          if (key.startsWith(IN_DRIVE_OF)) {
            before.put(new VmId(key.substring(IN_DRIVE_OF.length())), parsed(value));
          }
        });
    return new UploadedIso(
        entry.run(),
        entry.site(),
        entry.since(),
        new DiskId(entry.effect().reference()),
        details.getOrDefault(NAME, ""),
        details.getOrDefault(SHA256, ""),
        before);
  }

  OutsideEffect effect() {
    Map<String, String> details = new HashMap<>();
    details.put(NAME, name);
    details.put(SHA256, sha256);
    before.forEach((vm, content) -> details.put(IN_DRIVE_OF + vm, written(content)));
    return new OutsideEffect(OutsideEffect.Kind.MEDIA, disk.value(), details);
  }

  JournalEntry entry() {
    return new JournalEntry(operation, site, effect(), since);
  }

  UploadedIso with(VmId vm, DriveContent content) {
    Map<VmId, DriveContent> more = new HashMap<>(before);
    more.put(vm, content);
    return new UploadedIso(operation, site, since, disk, name, sha256, more);
  }

  UploadedIso without(VmId vm) {
    Map<VmId, DriveContent> fewer = new HashMap<>(before);
    fewer.remove(vm);
    return new UploadedIso(operation, site, since, disk, name, sha256, fewer);
  }

  boolean isIn(Optional<Medium> medium) {
    return medium.filter(m -> m.reference().equals(disk.value())).isPresent();
  }

  private static String written(DriveContent content) {
    return written(content.now()) + SEPARATOR + written(content.nextStart());
  }

  private static String written(Optional<Medium> medium) {
    return medium.map(m -> m.reference() + SEPARATOR + m.name()).orElse(SEPARATOR);
  }

  private static DriveContent parsed(String text) {
    String[] parts = text.split(SEPARATOR, PARTS);
    return parts.length == PARTS
        ? new DriveContent(false, medium(parts[0], parts[1]), medium(parts[2], parts[3]))
        : new DriveContent(false, Optional.empty(), Optional.empty());
  }

  private static Optional<Medium> medium(String reference, String name) {
    return reference.isEmpty() ? Optional.empty() : Optional.of(new Medium(reference, name));
  }
}
