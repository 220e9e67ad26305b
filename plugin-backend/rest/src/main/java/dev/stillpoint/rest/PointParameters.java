package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.PointConditions;
import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.catalog.PointSort;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.page.Slice;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** The parameters of {@code GET /points}. */
public final class PointParameters {

  @QueryParam("site")
  private String site;

  @QueryParam("vm")
  private String vm;

  @QueryParam("policy")
  private String policy;

  /** Only points that were read so. */
  @QueryParam("mode")
  @Words(of = PointLine.Mode.class)
  private String mode;

  /** {@code partial}: disks of the VM were left out. */
  @QueryParam("state")
  @Words(of = PointLine.State.class)
  private String state;

  @QueryParam("from")
  private String from;

  @QueryParam("to")
  private String to;

  /** The size of the disks at least. */
  @QueryParam("minBytes")
  private Long minBytes;

  /** The size of the disks at most. */
  @QueryParam("maxBytes")
  private Long maxBytes;

  /** By what; a minus in front descends. */
  @QueryParam("sort")
  @DefaultValue("-time")
  @Words(of = PointSort.class, signed = true)
  private String sort;

  @QueryParam("limit")
  @DefaultValue("200")
  private int limit;

  @QueryParam("after")
  private String after;

  PointConditions conditions(Sites sites, PolicyStore policies, Access access) {
    Optional<SiteId> one = Filters.site(site, sites, access);
    return new PointConditions(
        one,
        Filters.text(vm),
        Filters.among(one, access),
        Filters.policy(policy, policies),
        Filters.word("mode", mode, PointLine.Mode.values()),
        Filters.word("state", state, PointLine.State.values()),
        Filters.from("from", from),
        Filters.to("to", to),
        Filters.bytes("minBytes", minBytes),
        Filters.bytes("maxBytes", maxBytes));
  }

  Slice<PointSort> slice() {
    return Slice.parse(PointSort.values(), sort, limit, Filters.text(after));
  }
}
