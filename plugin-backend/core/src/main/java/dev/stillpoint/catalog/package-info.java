/**
 * The searchable list of restore points, always rebuildable from the repository's manifests.
 *
 * <p>Entry types: {@link dev.stillpoint.catalog.Catalog}, {@link
 * dev.stillpoint.catalog.RestorePoint}.
 */
package dev.stillpoint.catalog;
