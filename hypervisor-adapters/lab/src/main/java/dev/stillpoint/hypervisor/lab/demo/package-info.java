/**
 * The demo: a person's first minutes with Stillpoint, done by a program and checked byte for byte.
 *
 * <p>{@link dev.stillpoint.hypervisor.lab.demo.Demo} starts the lab and the server as processes of
 * their own and then has only what a user has: the command line {@code stillpoint}, and the lab's
 * control API, whose SHA-256 sums do not come through Stillpoint. One thread, besides the hook that
 * stops the processes.
 */
package dev.stillpoint.hypervisor.lab.demo;
