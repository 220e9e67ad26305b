/**
 * Backing up a group of VMs: one snapshot time, then VM by VM until each is a restore point.
 *
 * <p>Entry type: {@link dev.stillpoint.backup.BackupRunner}.
 */
package dev.stillpoint.backup;
