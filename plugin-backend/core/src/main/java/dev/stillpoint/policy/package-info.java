/**
 * Policies: what to back up, when, how long to keep; today the first of these.
 *
 * <p>Entry types: {@link dev.stillpoint.policy.Policy}, {@link dev.stillpoint.policy.PolicyStore}.
 */
package dev.stillpoint.policy;
