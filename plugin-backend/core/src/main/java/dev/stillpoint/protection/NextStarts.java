package dev.stillpoint.protection;

import dev.stillpoint.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/** Says when a policy runs next. */
public interface NextStarts {

  /** Empty for one that only runs when somebody asks. */
  Optional<Instant> of(Policy policy);

  /** While nobody knows of schedules. */
  static NextStarts unknown() {
    return policy -> Optional.empty();
  }
}
