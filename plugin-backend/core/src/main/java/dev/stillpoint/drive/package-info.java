/**
 * ISO images in the CD drives of VMs: brought once, put in, taken out, deleted when no VM has them.
 *
 * <p>Entry type: {@link dev.stillpoint.drive.Drives}. What was brought stands in the journal as
 * MEDIA until it is deleted, so the journal is the ledger. May be used from any thread; one site is
 * changed by one thread at a time.
 */
package dev.stillpoint.drive;
