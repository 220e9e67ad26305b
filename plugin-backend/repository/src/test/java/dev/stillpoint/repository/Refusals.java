package dev.stillpoint.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A short way to say what is refused and how. */
final class Refusals {

  private Refusals() {}

  static void refused(ErrorKind kind, String part, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
