/**
 * What became of runs and VMs, as lists that are read page by page.
 *
 * <p>Entry type: {@link dev.stillpoint.history.RunHistory}. Values and a port; the lists are kept
 * by whoever keeps the runs.
 */
package dev.stillpoint.history;
