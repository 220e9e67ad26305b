package dev.stillpoint.hypervisor.lab.model;

/** Where disks lie. */
public record StorageDomain(String id, String name, long sizeBytes, boolean master) {}
