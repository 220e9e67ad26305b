/**
 * A host made of the real parts: the ovirt-imageio daemon, qemu-nbd, and qcow2 images with dirty
 * bitmaps. Entry type: {@link dev.stillpoint.hypervisor.lab.qemu.ImageioPlane}. May use {@code
 * block} and {@code model}'s faults. The programs are processes of their own, which end with the
 * plane. Every type here is safe for use by many threads unless it says otherwise.
 */
package dev.stillpoint.hypervisor.lab.qemu;
