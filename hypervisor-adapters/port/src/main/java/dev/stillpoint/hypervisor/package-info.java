/**
 * The one port between the core and a virtualization manager.
 *
 * <p>Entry type: {@link dev.stillpoint.hypervisor.SiteConnector}, found by {@code ServiceLoader}.
 * An adapter sees this package and the model, nothing else of Stillpoint. Everything that an
 * adapter makes on a manager and that somebody must take away again is announced to the {@link
 * dev.stillpoint.hypervisor.EffectJournal} <em>before</em> it is made.
 *
 * <p>Threads: a session, and everything it hands out, may be used from several threads unless a
 * type says otherwise. Errors are {@link dev.stillpoint.model.StillpointException}s, translated
 * once at the adapter's edge; every call ends within the time-outs of {@link
 * dev.stillpoint.hypervisor.SiteTimeouts}.
 */
package dev.stillpoint.hypervisor;
