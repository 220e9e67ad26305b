package dev.stillpoint.rest;

import dev.stillpoint.audit.AuditConditions;
import dev.stillpoint.audit.AuditEntry;
import dev.stillpoint.audit.AuditLog;
import dev.stillpoint.audit.AuditSort;
import dev.stillpoint.page.Slice;
import dev.stillpoint.rest.dto.AuditEntryDto;
import dev.stillpoint.rest.dto.PageDto;
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

/** {@code /audit}: who did what, and what the server did by itself. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {

  private final AuditLog log;
  private final Sites sites;

  public AuditResource(AuditLog log, Sites sites) {
    this.log = log;
    this.sites = sites;
  }

  /** The parameters of the list. */
  public static final class Filter {

    /**
     * Only of this actor: {@code server}, {@code server token}, or a name as its manager says it.
     */
    @QueryParam("actor")
    private String actor;

    /** Only this action, like {@code policies.add}. */
    @QueryParam("action")
    private String action;

    /** Only about this, like {@code runs/} and an id. */
    @QueryParam("subject")
    private String subject;

    /** Only what ended so. */
    @QueryParam("result")
    @Words(of = AuditEntry.Result.class)
    private String result;

    @QueryParam("from")
    private String from;

    @QueryParam("to")
    private String to;

    /** By what; a minus in front descends. */
    @QueryParam("sort")
    @DefaultValue("-time")
    @Words(of = AuditSort.class, signed = true)
    private String sort;

    @QueryParam("limit")
    @DefaultValue("200")
    private int limit;

    @QueryParam("after")
    private String after;
  }

  /** Page by page who did what, and what the server did by itself. */
  @GET
  public PageDto<AuditEntryDto> list(@BeanParam Filter filter, @Context SecurityContext security) {
    // An entry does not say which site it concerns.
    AccessContext.of(security).requireAdministratorOfAll(sites);
    AuditConditions conditions =
        new AuditConditions(
            Filters.text(filter.actor),
            Filters.text(filter.action),
            Filters.text(filter.subject),
            Filters.word("result", filter.result, AuditEntry.Result.values()),
            Filters.from("from", filter.from),
            Filters.to("to", filter.to));
    Slice<AuditSort> slice =
        Slice.parse(AuditSort.values(), filter.sort, filter.limit, Filters.text(filter.after));
    return PageDto.of(log.page(conditions, slice).map(AuditEntryDto::of));
  }
}
