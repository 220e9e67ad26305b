/**
 * Whether the server can do its work: for load balancers in a word, for administrators with the
 * reasons.
 *
 * <p>Entry type: {@link dev.stillpoint.health.Health}.
 */
package dev.stillpoint.health;
