/**
 * How long restore points are kept: values in, a plan with a reason for each point out.
 *
 * <p>Entry types: {@link dev.stillpoint.retention.Retention}, which a policy has, and {@link
 * dev.stillpoint.retention.RetentionPlanner}. Pure; knows nothing of runs, catalog or repository.
 */
package dev.stillpoint.retention;
