/**
 * What keeps a repository in order: finding what is needed (mark), reclaiming what is not
 * (collect), and reading everything again (verify).
 *
 * <p>Entry types {@link dev.stillpoint.repository.maintenance.Collector} and {@link
 * dev.stillpoint.repository.maintenance.Verification}. Uses chunks, index, maps and the sorter;
 * knows manifests only as roots of maps. Memory is bounded whatever the repository holds: lists are
 * sorted in temporary blobs. Collections and verifications run beside backups and restores.
 */
package dev.stillpoint.repository.maintenance;
