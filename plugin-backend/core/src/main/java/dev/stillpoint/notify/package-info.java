/**
 * Tells people and programs that a run has ended: a {@link dev.stillpoint.notify.RunReport} is
 * written once and handed to every {@link dev.stillpoint.notify.NoticeSender}.
 *
 * <p>Entry type: {@link dev.stillpoint.notify.RunNotifier}, with a thread of its own: a mail server
 * that is slow or away never holds a run up.
 */
package dev.stillpoint.notify;
