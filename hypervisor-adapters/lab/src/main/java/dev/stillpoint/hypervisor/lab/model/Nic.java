package dev.stillpoint.hypervisor.lab.model;

/**
 * A network card of a VM.
 *
 * @param model the interface: virtio, e1000e
 * @param profile the id of its vNIC profile
 */
public record Nic(
    String id,
    String name,
    String model,
    String mac,
    String profile,
    boolean linked,
    boolean plugged) {}
