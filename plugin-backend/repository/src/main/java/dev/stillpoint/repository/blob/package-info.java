/**
 * The port to where a repository's bytes lie, and its local directory.
 *
 * <p>Entry type {@link dev.stillpoint.repository.blob.BlobStore}. Uses the JDK and the model only,
 * knows nothing of chunks or restore points. Stores are thread-safe; one thread at a time appends
 * to a blob.
 */
package dev.stillpoint.repository.blob;
