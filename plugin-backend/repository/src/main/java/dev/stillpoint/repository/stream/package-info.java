/**
 * Streams (ISO images, exports): cut where their content says so, found by offset.
 *
 * <p>Entry types {@link dev.stillpoint.repository.stream.ContentCutter}, which says where chunks
 * end, and {@link dev.stillpoint.repository.stream.StreamMapWriter} with {@link
 * dev.stillpoint.repository.stream.StreamMapReader}, which keep the list of a stream's chunks as a
 * tree of content-addressed nodes. Disks do not use it: they have a fixed grid. Uses chunk ids and
 * a place to keep nodes, nothing else. Cutters and writers belong to one thread, readers are
 * thread-safe; memory is bounded whatever the stream's length.
 */
package dev.stillpoint.repository.stream;
