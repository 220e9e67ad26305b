package dev.stillpoint.repository.index;

public record Batch(int size) {}
