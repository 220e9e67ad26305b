/**
 * The order in which the VMs of a group are read, and what that order costs. Pure: candidates with
 * their loads in, decisions with reasons out; the engine in {@code backup} and the simulator act on
 * the same decisions.
 *
 * <p>Load is bytes that a guest reads and writes in a second. A VM carries its load under snapshot
 * from the moment the snapshot is asked for until it is gone: load times seconds, so bytes, here
 * called load-seconds.
 *
 * <p>Entry types: {@link dev.stillpoint.group.GroupPlanner}, {@link dev.stillpoint.group.Replay},
 * {@link dev.stillpoint.group.GroupReport}. Knows the model only.
 */
package dev.stillpoint.group;
