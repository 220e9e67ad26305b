package dev.stillpoint.rest.dto;

import dev.stillpoint.repository.VerifyReport;
import java.util.List;

/** What re-reading a restore point found. */
public record VerifyDto(
    String point, long chunksChecked, long bytesRead, boolean ok, List<String> problems) {

  public static VerifyDto of(VerifyReport report) {
    return new VerifyDto(
        report.point().value(),
        report.chunksChecked(),
        report.bytesRead().bytes(),
        report.ok(),
        report.problems());
  }
}
