/**
 * {@code stillpoint simulate}: what each order of reading would cost a fleet of VMs, generated or
 * recorded. Plays the planner of {@code group} through; needs no server.
 *
 * <p>Entry type: {@link dev.stillpoint.simulation.SimulateCommand}. One thread.
 */
package dev.stillpoint.simulation;
