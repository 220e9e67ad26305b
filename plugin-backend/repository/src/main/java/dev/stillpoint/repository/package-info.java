/**
 * The backup store: restore points, each a set of disk images with a small document.
 *
 * <p>Entry type {@link dev.stillpoint.repository.Repository}. Uses the model, zstd and Jackson;
 * knows no virtual machine and no policy. The repository and all readers are thread-safe; one
 * thread drives a {@link dev.stillpoint.repository.PointWriter}, any number its image writers.
 *
 * <h2>Layout of the directory</h2>
 *
 * This is version 0, a draft: it is not promised to be readable by later versions. Everything
 * refuses versions it does not know.
 *
 * <pre>
 * stillpoint-repository      makes the directory a repository; one line of magic, version and
 *                            SHA-256, then JSON (so are the manifests)
 * lock                       held by the process that has the repository open
 * packs/&lt;number&gt;.pack        chunks and map nodes, one record after the other, up to 32 MiB;
 *                            numbers are never used again
 * index/&lt;number&gt;.run         chunk id → pack, offset, length; sorted, with a SHA-256 at its end
 * keys/&lt;number&gt;.slot         of an encrypted repository: its master key under a passphrase
 * points/&lt;hash&gt;.manifest     one per restore point, named by the SHA-256 of its id
 * quarantine                 packs that a collection has condemned, and those it has deleted
 * usage                      figures that the last collection found out
 * reserve                    the size of the reserve, where there is one; like the manifests
 * ballast/&lt;number&gt;           empty, with 32 MiB of claimed blocks: becomes a pack by a rename
 * change-small/, change-large/   the same for manifests and index runs, used while others keep the
 *                            disk full
 * tmp/                       files on their way to be published; emptied when opened
 * </pre>
 *
 * <p><b>Chunks.</b> An image is cut into 64 KiB chunks on a fixed grid; the last one is padded with
 * zeroes. A chunk's id is the SHA-256 of its content; a chunk of zeroes is a hole and stored
 * nowhere. Chunks are compressed one by one with zstd, and kept raw where that does not help. A
 * pack's record carries magic, version, kind, codec, both lengths, the id and two CRC-32Cs, so the
 * index can be made again from the packs alone.
 *
 * <p><b>Disk map.</b> A tree of 256-way nodes, always four levels, says which chunk lies where. A
 * node is named by the SHA-256 of its bytes and stored like a chunk, so unchanged nodes are shared
 * between points and the root's hash names the disk's content, whatever its history.
 *
 * <p><b>Index.</b> In memory about 50 bytes per chunk; on disk one run per commit, which also says
 * which parts of which packs it lists. On opening, parts that no sound run lists are read again
 * from the packs; torn ends are passed over, and an old pack is never appended to.
 *
 * <h2>Durability</h2>
 *
 * A commit flushes in this order: packs (data and map nodes), index run, manifest; the last is the
 * commit. Several points written at once share packs, and a commit flushes whatever pack anybody
 * has open, so it never refers to something only another writer has in flight. When an append or a
 * flush fails, all that was put since the last flush is forgotten and every point being written is
 * doomed; committed points are not touched, and new writers begin with a new pack. An expiry
 * removes the manifest; packs are removed by collections only, in two phases: see {@link
 * dev.stillpoint.repository.maintenance}.
 *
 * <p><b>Healing.</b> A chunk that a read or a verification finds missing or damaged is marked in
 * the index, and the next write of the same content stores it again, for all points that have it.
 */
package dev.stillpoint.repository;
