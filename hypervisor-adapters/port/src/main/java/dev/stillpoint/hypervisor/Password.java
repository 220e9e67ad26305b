package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.Function;

/** A secret that never prints itself and can be wiped. Thread-safe. */
public final class Password implements AutoCloseable {

  private final char[] characters;
  private boolean wiped;

  /** Takes a copy; the caller wipes his own. */
  public Password(char[] characters) {
    this.characters = requireNonNull(characters, "characters").clone();
  }

  /** Lends the characters to a function, which must not keep them. */
  public synchronized <T> T use(Function<char[], T> function) {
    if (wiped) {
      throw new IllegalStateException("The password was wiped");
    }
    return function.apply(characters);
  }

  @Override
  public synchronized void close() {
    Arrays.fill(characters, '\0');
    wiped = true;
  }

  @Override
  public String toString() {
    return "Password[***]";
  }
}
