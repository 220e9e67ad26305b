package dev.stillpoint.rest.dto;

import dev.stillpoint.metering.MeterLine;
import dev.stillpoint.model.PolicyId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For how long how much was kept in a month; a line for each VM and policy. */
public record MeteringDto(String month, String zone, List<LineDto> items) {

  /**
   * What a VM's points of one policy took.
   *
   * @param hours in the month of UTC
   * @param localHours in the month of the zone
   * @param uniqueGibHours of the VM, on its first line only
   */
  public record LineDto(
      String site,
      String vm,
      String vmName,
      Optional<String> policy,
      Optional<String> policyName,
      int points,
      long hours,
      long localHours,
      BigDecimal logicalGibHours,
      BigDecimal storedGibHours,
      Optional<BigDecimal> uniqueGibHours) {

    private static final int DIGITS = 3;

    static LineDto of(MeterLine line, Map<PolicyId, String> names) {
      return new LineDto(
          line.site().value(),
          line.vm().value(),
          line.vmName(),
          line.policy().map(PolicyId::value),
          line.policy().map(names::get),
          line.points(),
          line.hours(),
          line.localHours(),
          gib(line.logicalByteHours()),
          gib(line.storedByteHours()),
          line.uniqueByteHours().map(LineDto::gib));
    }

    private static BigDecimal gib(BigInteger bytes) {
      return new BigDecimal(bytes)
          .divide(BigDecimal.valueOf(1L << 30), DIGITS, RoundingMode.HALF_UP);
    }
  }

  public static MeteringDto of(
      YearMonth month, ZoneId zone, List<MeterLine> lines, Map<PolicyId, String> names) {
    return new MeteringDto(
        month.toString(),
        zone.getId(),
        lines.stream().map(line -> LineDto.of(line, names)).toList());
  }
}
