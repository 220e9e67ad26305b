package dev.stillpoint.repository;

/** How an image is cut into chunks, and so what its map looks like. */
public enum ImageLayout {

  /** A disk, on the grid of {@link Repository#GRID_BYTES}. */
  GRID,

  /** A stream, where its content says so. */
  STREAM
}
