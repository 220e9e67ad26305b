/**
 * What changes while people look on: runs and their progress, the queue, restore points that come
 * and go, the repository's figures. Told to whoever listens, from the same source as the lists.
 *
 * <p>Entry type: {@link dev.stillpoint.event.Changes}. One thread looks; each listener takes from a
 * {@link dev.stillpoint.event.Mailbox} of his own on his own thread.
 */
package dev.stillpoint.event;
