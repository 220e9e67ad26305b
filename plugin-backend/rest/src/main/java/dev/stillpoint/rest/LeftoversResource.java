package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.job.Janitor;
import dev.stillpoint.job.Problem;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.dto.ClearedDto;
import dev.stillpoint.rest.dto.LeftoverDto;
import dev.stillpoint.rest.dto.LeftoversDto;
import dev.stillpoint.rest.dto.LeftoversDto.StrayDto;
import dev.stillpoint.rest.dto.ProblemDto;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /leftovers}: what backups left on the managers, ours and on request that of others. */
@Path("leftovers")
@Produces(MediaType.APPLICATION_JSON)
public final class LeftoversResource {

  private final Janitor janitor;
  private final Sites sites;

  public LeftoversResource(Janitor janitor, Sites sites) {
    this.janitor = janitor;
    this.sites = sites;
  }

  /**
   * What backups left on the managers.
   *
   * @param others also asks each site for what backups of others may have left
   */
  @GET
  public LeftoversDto list(
      @QueryParam("others") @DefaultValue("false") boolean others,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    List<LeftoverDto> ours =
        janitor.ours().stream()
            .filter(entry -> access.sees(entry.site()))
            .map(LeftoverDto::of)
            .toList();
    if (!others) {
      return new LeftoversDto(ours, Optional.empty(), Optional.empty());
    }
    List<StrayDto> found = new ArrayList<>();
    List<ProblemDto> problems = new ArrayList<>();
    for (Site site : sites.all().stream().filter(one -> access.sees(one.id())).toList()) {
      try {
        janitor.others(site.id()).forEach(stray -> found.add(StrayDto.of(site, stray)));
      } catch (StillpointException e) {
        // One manager that is away does not hide what is known of the others.
        problems.add(ProblemDto.of(Problem.of(e)));
      }
    }
    return new LeftoversDto(ours, Optional.of(found), Optional.of(problems));
  }

  /** Releases what is ours now; what is not ours is never touched. */
  @POST
  @Path("clear")
  public ClearedDto clear(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministratorOfAll(sites);
    int before = janitor.ours().size();
    List<ProblemDto> problems = janitor.clear().stream().map(ProblemDto::of).toList();
    return new ClearedDto(before, janitor.ours().size(), problems);
  }
}
