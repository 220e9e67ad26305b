package dev.stillpoint.rest.dto;

import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A reason for programs that say it in a language of their own.
 *
 * @param values what the sentence names; instants in ISO 8601
 */
public record ReasonDto(@Words(of = ReasonCode.class) String code, Map<String, String> values) {

  static List<ReasonDto> of(List<Reason> reasons) {
    return reasons.stream()
        .map(one -> new ReasonDto(one.code().name().toLowerCase(Locale.ROOT), one.values()))
        .toList();
  }

  /** Of a sentence that was kept; none where it is not one that Stillpoint says by itself. */
  static List<ReasonDto> in(String sentence) {
    return of(Reason.in(sentence).stream().toList());
  }
}
