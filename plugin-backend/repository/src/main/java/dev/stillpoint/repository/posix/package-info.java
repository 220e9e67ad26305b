/**
 * What the operating system can do with files and Java cannot ask for: claim disk space, and find
 * the holes of a sparse file.
 *
 * <p>Entry type {@link dev.stillpoint.repository.posix.PosixFiles}. Uses JNA; Linux only. Every
 * method is thread-safe.
 */
package dev.stillpoint.repository.posix;
