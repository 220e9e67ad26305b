package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.model.CheckpointId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A backup as the engine tells it in XML; the SDK's type knows neither its end phases nor its
 * snapshot.
 *
 * @param phase the engine's word
 * @param checkpoint the one it makes, known once ready
 * @param snapshotId the automatic snapshot, while there is one
 */
record BackupRecord(
    String id,
    String phase,
    Instant created,
    Optional<CheckpointId> checkpoint,
    Optional<String> snapshotId) {

  static BackupRecord of(Element backup) {
    return new BackupRecord(
        backup.getAttribute("id"),
        Xml.text(backup, "phase").orElse(""),
        Xml.text(backup, "creation_date")
            .map(date -> OffsetDateTime.parse(date).toInstant())
            .orElse(Instant.EPOCH),
        Xml.text(backup, "to_checkpoint_id").map(CheckpointId::new),
        Xml.child(backup, "snapshot").map(snapshot -> snapshot.getAttribute("id")));
  }

  boolean isReady() {
    return phase.equals("ready");
  }

  boolean hasFailed() {
    return phase.equals("failed");
  }

  boolean hasEnded() {
    return hasFailed() || phase.equals("succeeded");
  }

  /** Finalizing, or a phase that is not known to us: neither ready nor ended. */
  boolean isStarting() {
    return phase.equals("initializing") || phase.equals("starting");
  }
}
