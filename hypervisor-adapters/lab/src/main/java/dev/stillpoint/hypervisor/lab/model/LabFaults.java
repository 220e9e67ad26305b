package dev.stillpoint.hypervisor.lab.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Switches that make the lab misbehave as engines do. Safe for use by many threads. */
public final class LabFaults {
  /** One way to misbehave. */
  public enum Switch {
    API_503(
        "api503", "Every API call answers a 503 in HTML, as the web server before an engine does."),
    API_SILENT("apiSilent", "The API takes calls and never answers."),
    TOKEN_EXPIRED("tokenExpired", "The token of the next call has just expired."),
    BACKUP_FAILS("backupFails", "A backup ends as failed instead of becoming ready."),
    BITMAP_MISSING("bitmapMissing", "The transfer of an incremental backup finds no bitmap."),
    DIRTY_404("dirty404", "Dirty extents are answered with 404."),
    IMAGEIO_403_AFTER("imageio403AfterBytes", "A ticket stops being valid after so many bytes."),
    IMAGEIO_DROP_AFTER(
        "imageioDropAfterBytes",
        "A data connection drops after so many bytes of one answer or request."),
    IMAGEIO_SILENT("imageioSilent", "The data endpoint takes requests and never answers."),
    DISK_STAYS_LOCKED("diskStaysLocked", "A new disk never leaves the status locked."),
    DOMAIN_FULL("domainFull", "No storage domain has room."),
    BACKUP_RECORD_GONE("backupRecordGone", "The record of a backup is gone at the moment it ends."),
    UNKNOWN_PHASE("unknownPhase", "Backups and transfers are in a phase nobody has heard of."),
    ACTIVITY_REFUSED("activityRefused", "Nobody may add events or jobs."),
    TRAY_LOCKED("trayLocked", "The guests hold the trays of their CD drives."),
    REDEFINE_FAILS(
        "redefineFails",
        "Redefining the from-checkpoint fails: the chain is lost, and the live backup fails."),
    MERGE_FAILS("mergeFails", "A snapshot cannot be merged: it stays, though its backup succeeds."),
    CHECKPOINT_STAYS(
        "checkpointStays", "A bitmap cannot be removed: its checkpoint stays, as invalid."),
    FREEZE_FAILS("freezeFails", "The guest's file systems cannot be frozen."),
    UPLOAD_PAUSES("uploadPauses", "The engine pauses the next upload it looks at."),
    UPLOAD_DAMAGED("uploadDamaged", "An uploaded image does not pass the engine's check."),
    HOST_UNRESOLVABLE(
        "hostUnresolvable", "The host's name in a transfer's address is known to the engine only.");

    private final String key;
    private final String meaning;

    Switch(String key, String meaning) {
      this.key = key;
      this.meaning = meaning;
    }

    /** What happens, as a sentence. */
    public String meaning() {
      return meaning;
    }

    /** The name in the control API. */
    public String key() {
      return key;
    }

    /** The switch with a name of the control API. */
    public static Optional<Switch> of(String key) {
      for (Switch one : values()) {
        if (one.key.equals(key)) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    }
  }

  private record Setting(long bytes, long hits) {}

  private final Map<Switch, Setting> on = new EnumMap<>(Switch.class);

  /** Until it is switched off. */
  public synchronized void turnOn(Switch fault) {
    on.put(fault, new Setting(0, Long.MAX_VALUE));
  }

  /** For the next {@code hits} occasions. */
  public synchronized void turnOnFor(Switch fault, int hits) {
    on.put(fault, new Setting(0, hits));
  }

  /** For one of the two that count bytes; holds for the next {@code hits} occasions. */
  public synchronized void turnOnAfter(Switch fault, long bytes, int hits) {
    on.put(fault, new Setting(bytes, hits));
  }

  public synchronized void turnOff(Switch fault) {
    on.remove(fault);
  }

  public synchronized void clear() {
    on.clear();
  }

  /** Whether it is on, without using up an occasion. */
  public synchronized boolean isOn(Switch fault) {
    return on.containsKey(fault);
  }

  /** Whether it happens now; uses up one occasion. */
  public synchronized boolean strikes(Switch fault) {
    return strikesAfter(fault).isPresent();
  }

  /** After how many bytes it happens now, if it does; uses up one occasion. */
  public synchronized OptionalLong strikesAfter(Switch fault) {
    Setting setting = on.get(fault);
    if (setting == null) {
      return OptionalLong.empty();
    }
    if (setting.hits() == 1) {
      on.remove(fault);
    } else if (setting.hits() != Long.MAX_VALUE) {
      on.put(fault, new Setting(setting.bytes(), setting.hits() - 1));
    }
    return OptionalLong.of(setting.bytes());
  }

  /** The limit of a switch that counts bytes, without using up an occasion. */
  public synchronized OptionalLong limit(Switch fault) {
    Setting setting = on.get(fault);
    return setting == null ? OptionalLong.empty() : OptionalLong.of(setting.bytes());
  }
}
