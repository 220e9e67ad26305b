package dev.stillpoint.rest;

import dev.stillpoint.rest.dto.MeteringDto;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Writes metering as RFC 4180 has tables; amounts with a point, whatever the country. */
final class MeteringCsv {

  private static final String LINE_END = "\r\n";
  private static final List<String> HEADINGS =
      List.of(
          "month",
          "zone",
          "site",
          "vm",
          "vm_name",
          "policy",
          "policy_name",
          "points",
          "hours_utc",
          "hours_local",
          "logical_gib_hours",
          "stored_gib_hours",
          "unique_gib_hours");

  private MeteringCsv() {}

  static String of(MeteringDto metering) {
    StringBuilder text = new StringBuilder(line(HEADINGS));
    for (MeteringDto.LineDto one : metering.items()) {
      text.append(
          line(
              List.of(
                  metering.month(),
                  metering.zone(),
                  one.site(),
                  one.vm(),
                  one.vmName(),
                  one.policy().orElse(""),
                  one.policyName().orElse(""),
                  String.valueOf(one.points()),
                  String.valueOf(one.hours()),
                  String.valueOf(one.localHours()),
                  one.logicalGibHours().toPlainString(),
                  one.storedGibHours().toPlainString(),
                  one.uniqueGibHours().map(BigDecimal::toPlainString).orElse(""))));
    }
    return text.toString();
  }

  private static String line(List<String> fields) {
    return fields.stream().map(MeteringCsv::field).collect(Collectors.joining(",")) + LINE_END;
  }

  /** A name that a spreadsheet would take for a formula is made a text. */
  private static String field(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    String text = formula ? "'" + value : value;
    return text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
