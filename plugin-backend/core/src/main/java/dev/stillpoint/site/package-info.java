/**
 * The sites we work with: one oVirt engine or one vCenter each.
 *
 * <p>Entry type: {@link dev.stillpoint.site.Sites}. Knows the hypervisor port, no adapter.
 */
package dev.stillpoint.site;
