/**
 * Policies: what to back up and when.
 *
 * <p>Entry types: {@link dev.stillpoint.policy.Policy}, {@link dev.stillpoint.policy.PolicyStore}.
 */
package dev.stillpoint.policy;
