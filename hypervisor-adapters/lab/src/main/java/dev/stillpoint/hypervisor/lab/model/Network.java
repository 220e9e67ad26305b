package dev.stillpoint.hypervisor.lab.model;

/** A logical network and its one vNIC profile, which has the same name. */
public record Network(String id, String name, String profile) {}
