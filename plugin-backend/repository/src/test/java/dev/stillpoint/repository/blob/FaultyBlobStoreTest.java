package dev.stillpoint.repository.blob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultyBlobStoreTest extends BlobStoreContract {

  @Override
  BlobStore open() {
    return new FaultyBlobStore(1);
  }

  @Test
  void losesWhatWasNotFlushedAndKeepsWhatWas() {
    BlobName name = new BlobName("packs/1.pack");
    boolean lostSomething = false;
    for (int seed = 0; seed < 20; seed++) {
      FaultyBlobStore store = new FaultyBlobStore(seed);
      BlobAppender appender = store.create(name);
      appender.append(new byte[] {1, 2, 3}, 0, 3);
      appender.flush();
      appender.append(new byte[] {4, 5, 6}, 0, 3);
      byte[] left = store.afterPowerLoss(seed).readAll(name);
      assertThat(left).startsWith(1, 2, 3);
      lostSomething |= left.length < 6;
      assertThat(store.afterKill(seed).readAll(name)).hasSize(6);
    }
    assertThat(lostSomething).isTrue();
  }
}
