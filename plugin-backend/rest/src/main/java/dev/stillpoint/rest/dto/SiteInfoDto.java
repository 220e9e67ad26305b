package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Callers.MissingPermit;
import dev.stillpoint.hypervisor.SiteInfo;
import java.util.List;

/** Who answers at a site's address, and what our account there may not do. */
public record SiteInfoDto(
    String product, String version, String instance, List<MissingPermitDto> missingPermits) {

  /** A permit that the service account lacks, and what for it would be needed. */
  public record MissingPermitDto(String permit, String need) {}

  public static SiteInfoDto of(SiteInfo info, List<MissingPermit> missing) {
    return new SiteInfoDto(
        info.product(),
        info.version(),
        info.instance(),
        missing.stream().map(one -> new MissingPermitDto(one.permit(), one.need())).toList());
  }
}
