/**
 * What the server does by itself to keep the repository in order: expires points by the plan,
 * collects when it is worthwhile, and writes down what it finds each day.
 *
 * <p>Entry types: {@link dev.stillpoint.upkeep.Upkeep}, which does it again and again; {@link
 * dev.stillpoint.upkeep.Expirer}, {@link dev.stillpoint.upkeep.Collecting}. Decisions are those of
 * {@code dev.stillpoint.retention} and {@link dev.stillpoint.upkeep.CollectDecision}.
 */
package dev.stillpoint.upkeep;
