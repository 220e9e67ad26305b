package dev.stillpoint.repository.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyWrapTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final PassphraseCost CHEAP = new PassphraseCost(8, 1, 1);
  private static final byte[] PASSPHRASE = "correct horse".getBytes(UTF_8);
  private static final byte[] CONTEXT = "slot 1".getBytes(UTF_8);

  private final KeyWrap wrap = new KeyWrap(RANDOM);
  private final MasterKey master = MasterKey.generate(RANDOM);
  private final byte[] salt = wrap.newSalt();

  private Optional<byte[]> unwrap(
      byte[] wrapped, byte[] passphrase, byte[] withSalt, PassphraseCost cost, byte[] context) {
    return wrap.unwrap(wrapped, passphrase, withSalt, cost, context)
        .map(
            key -> {
              try (key) {
                return key.copyBytes();
              }
            });
  }

  @Test
  void opensWithThePassphraseAtAnyCost() {
    for (PassphraseCost cost :
        new PassphraseCost[] {CHEAP, PassphraseCost.standard(), new PassphraseCost(64, 2, 4)}) {
      byte[] wrapped = wrap.wrap(master, PASSPHRASE, salt, cost, CONTEXT);
      assertThat(wrapped).hasSize(KeyWrap.WRAPPED_BYTES);
      assertThat(unwrap(wrapped, PASSPHRASE, salt, cost, CONTEXT)).hasValue(master.copyBytes());
    }
  }

  @Test
  void opensWithNothingElse() {
    byte[] wrapped = wrap.wrap(master, PASSPHRASE, salt, CHEAP, CONTEXT);
    byte[] other = "correct Horse".getBytes(UTF_8);
    PassphraseCost otherCost = new PassphraseCost(8, 2, 1);
    assertThat(unwrap(wrapped, other, salt, CHEAP, CONTEXT)).isEmpty();
    assertThat(unwrap(wrapped, PASSPHRASE, wrap.newSalt(), CHEAP, CONTEXT)).isEmpty();
    assertThat(unwrap(wrapped, PASSPHRASE, salt, otherCost, CONTEXT)).isEmpty();
    assertThat(unwrap(wrapped, PASSPHRASE, salt, CHEAP, other)).isEmpty();
    assertThat(unwrap(new byte[0], PASSPHRASE, salt, CHEAP, CONTEXT)).isEmpty();
    wrapped[20] ^= 1;
    assertThat(unwrap(wrapped, PASSPHRASE, salt, CHEAP, CONTEXT)).isEmpty();
  }

  @Test
  void refusesCostsThatWouldBringTheReaderDown() {
    int[][] impossible = {
      {7, 1, 1}, {31, 1, 4}, {256 * 1024 + 1, 1, 1}, {8, 0, 1}, {8, 65, 1}, {8, 1, 0}, {999, 1, 17}
    };
    for (int[] cost : impossible) {
      assertThatThrownBy(() -> new PassphraseCost(cost[0], cost[1], cost[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
