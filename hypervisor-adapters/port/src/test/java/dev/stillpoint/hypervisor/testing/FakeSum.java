package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.ContentSum;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** How storage sums a disk, in the plainest way. */
final class FakeSum {

  private FakeSum() {}

  static ContentSum of(byte[] content) {
    Blake2bDigest outer = new Blake2bDigest(256);
    for (int at = 0; at < content.length; at += ContentSum.BLOCK_BYTES) {
      Blake2bDigest block = new Blake2bDigest(256);
      block.update(content, at, Math.min(ContentSum.BLOCK_BYTES, content.length - at));
      byte[] digest = new byte[32];
      block.doFinal(digest, 0);
      outer.update(digest, 0, digest.length);
    }
    byte[] sum = new byte[32];
    outer.doFinal(sum, 0);
    return new ContentSum(HexFormat.of().formatHex(sum));
  }
}
