/**
 * What Stillpoint's repository is measured with: the race of chunkings, images to read, reports.
 *
 * <p>Entry types {@link dev.stillpoint.benchmarks.ChunkingRace}, {@link
 * dev.stillpoint.benchmarks.RewriteImage} and {@link dev.stillpoint.benchmarks.CompareReport}, each
 * a program of one thread. Not part of the product.
 */
package dev.stillpoint.benchmarks;
