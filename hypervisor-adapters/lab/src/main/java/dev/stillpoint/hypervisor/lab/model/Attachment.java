package dev.stillpoint.hypervisor.lab.model;

/**
 * How a disk hangs on a VM.
 *
 * @param bus the interface: virtio, virtio_scsi, sata, ide
 */
public record Attachment(
    String disk,
    String bus,
    boolean bootable,
    boolean active,
    boolean passDiscard,
    boolean readOnly) {}
