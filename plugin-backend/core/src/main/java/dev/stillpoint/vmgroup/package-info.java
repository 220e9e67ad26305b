/**
 * The groups of VMs that managers keep: which policies select them, and how all VMs of one are
 * given back together.
 *
 * <p>Entry types: {@link dev.stillpoint.vmgroup.VmGroups}, {@link
 * dev.stillpoint.vmgroup.GroupRecovery}. Thread-safe; nothing is kept.
 */
package dev.stillpoint.vmgroup;
