/**
 * The lab's own page and control API under {@code /lab}: what is in the lab, its content sums, its
 * guests and its faults. Entry type: {@link dev.stillpoint.hypervisor.lab.control.ControlServer}.
 * May use {@code model}, {@code fleet}, {@code rest} and {@code block}. Sums are computed on the
 * request's own thread, outside the world's lock.
 */
package dev.stillpoint.hypervisor.lab.control;
