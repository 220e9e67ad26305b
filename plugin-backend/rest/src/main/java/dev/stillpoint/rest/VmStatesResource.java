package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.history.RunHistory;
import dev.stillpoint.history.VmConditions;
import dev.stillpoint.history.VmSort;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.page.Slice;
import dev.stillpoint.rest.dto.PageDto;
import dev.stillpoint.rest.dto.VmStateDto;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** {@code /vm-states}: what became of the last backup of each VM. */
@Path("vm-states")
@Produces(MediaType.APPLICATION_JSON)
public final class VmStatesResource {

  private final RunHistory history;
  private final Sites sites;

  public VmStatesResource(RunHistory history, Sites sites) {
    this.history = history;
    this.sites = sites;
  }

  /** The parameters of the list. */
  public static final class Filter {

    @QueryParam("site")
    private String site;

    @QueryParam("vm")
    private String vm;

    /** Only VMs whose last backup ended so. */
    @QueryParam("state")
    @Words(of = TaskState.class)
    private String state;

    /** Only VMs without a good backup since then: an instant, or a day in UTC. */
    @QueryParam("notGoodSince")
    private String notGoodSince;

    /** By what; a minus in front descends. */
    @QueryParam("sort")
    @DefaultValue("name")
    @Words(of = VmSort.class, signed = true)
    private String sort;

    @QueryParam("limit")
    @DefaultValue("200")
    private int limit;

    @QueryParam("after")
    private String after;
  }

  /** What became of the last backup of each VM, page by page. */
  @GET
  public PageDto<VmStateDto> list(@BeanParam Filter filter, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    Optional<SiteId> site = Filters.site(filter.site, sites, access);
    VmConditions conditions =
        new VmConditions(
            site,
            Filters.text(filter.vm),
            Filters.among(site, access),
            Filters.word("state", filter.state, TaskState.values()),
            Filters.from("notGoodSince", filter.notGoodSince));
    Slice<VmSort> slice =
        Slice.parse(VmSort.values(), filter.sort, filter.limit, Filters.text(filter.after));
    return PageDto.of(history.states(conditions, slice).map(VmStateDto::of));
  }
}
