/**
 * The data path: a client of ovirt-imageio, which serves and fills disk images over HTTP.
 *
 * <p>Entry type: {@link dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket}. The URL of a ticket
 * is the whole credential, so it appears in no message and no log. Thread-safe but for closing.
 */
package dev.stillpoint.hypervisor.ovirt.imageio;
