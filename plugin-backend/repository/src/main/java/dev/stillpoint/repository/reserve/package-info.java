/**
 * The reserve: disk space that belongs to a repository before backups use it, and the account of
 * what is used.
 *
 * <p>Entry type {@link dev.stillpoint.repository.reserve.ReservedBlobStore}, which wraps the store
 * that really holds the blobs. Uses the model and the blob port. Every type is thread-safe.
 */
package dev.stillpoint.repository.reserve;
