/**
 * How the repository fills: what was used each day, and when it will be full.
 *
 * <p>Entry types: {@link dev.stillpoint.space.Forecast}, {@link dev.stillpoint.space.SpaceStore}.
 * Pure but for the store.
 */
package dev.stillpoint.space;
