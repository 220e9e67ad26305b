/**
 * Giving a restore point back: in place or as a new VM.
 *
 * <p>Entry types: {@link dev.stillpoint.restore.RestorePlanner} decides (pure, also the dry run),
 * {@link dev.stillpoint.restore.RestoreRunner} acts. A disk that exists is never written onto: new
 * disks are filled, verified, and only then take the old ones' place.
 */
package dev.stillpoint.restore;
