package dev.stillpoint.hypervisor.lab;

/** What plays the host of the lab's disks. */
public enum DataPlaneKind {
  /** The lab itself: needs nothing. */
  EMBEDDED,
  /** A real ovirt-imageio over qemu-nbd and qcow2 images, as processes of their own. */
  IMAGEIO
}
