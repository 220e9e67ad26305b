package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunLine;
import dev.stillpoint.history.RunSort;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.page.Slice;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** The parameters of {@code GET /runs}. */
public final class RunParameters {

  @QueryParam("site")
  private String site;

  /** Only such runs. */
  @QueryParam("kind")
  @Words(of = RunLine.Kind.class)
  private String kind;

  /** Only runs in this state. */
  @QueryParam("state")
  @Words(of = RunState.class)
  private String state;

  @QueryParam("policy")
  private String policy;

  @QueryParam("vm")
  private String vm;

  @QueryParam("from")
  private String from;

  @QueryParam("to")
  private String to;

  /** By what; a minus in front descends. */
  @QueryParam("sort")
  @DefaultValue("-time")
  @Words(of = RunSort.class, signed = true)
  private String sort;

  @QueryParam("limit")
  @DefaultValue("50")
  private int limit;

  @QueryParam("after")
  private String after;

  RunConditions conditions(Sites sites, PolicyStore policies, Access access) {
    Optional<SiteId> one = Filters.site(site, sites, access);
    return new RunConditions(
        one,
        Filters.word("kind", kind, RunLine.Kind.values()),
        Filters.word("state", state, RunState.values()),
        Filters.policy(policy, policies),
        Filters.text(vm),
        Filters.among(one, access),
        Filters.from("from", from),
        Filters.to("to", to));
  }

  Slice<RunSort> slice() {
    return Slice.parse(RunSort.values(), sort, limit, Filters.text(after));
  }

  /** All of it in that order, whatever the page: what is exported is the list and not a page. */
  Slice<RunSort> whole() {
    return Slice.parse(RunSort.values(), sort, Slice.MAX_LIMIT, Optional.empty());
  }
}
