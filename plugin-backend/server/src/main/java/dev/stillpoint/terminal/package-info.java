/**
 * What every command of {@code stillpoint} shares, whatever it talks to: the global options, the
 * exit codes, tables, wording, and what it takes from the machine it runs on.
 *
 * <p>Entry types {@link dev.stillpoint.terminal.Surroundings} and {@link
 * dev.stillpoint.terminal.ExitCode}. Uses the model and picocli only. One thread.
 */
package dev.stillpoint.terminal;
