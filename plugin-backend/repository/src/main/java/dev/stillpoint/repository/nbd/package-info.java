/**
 * Disk images as network block devices, read-only: what {@code qemu-img}, {@code nbdcopy}, {@code
 * guestfish} and the kernel's own driver can open.
 *
 * <p>Entry type {@link dev.stillpoint.repository.nbd.NbdServer}; callers outside of the repository
 * use it and the types that start with {@code Nbd}. The protocol is that of
 * https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md, fixed newstyle. Uses the
 * repository by {@link dev.stillpoint.repository.ImageReader} only.
 *
 * <p>Every connection has a few threads that take turns in reading a request, answer it on their
 * own and take turns in sending: so requests in flight, and with them buffers, are bounded by the
 * number of threads, and a slow client holds up nobody but itself.
 */
package dev.stillpoint.repository.nbd;
