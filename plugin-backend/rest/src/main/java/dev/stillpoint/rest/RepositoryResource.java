package dev.stillpoint.rest;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.dto.RepositoryDto;
import dev.stillpoint.rest.dto.ReserveDto;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /repository}: where backups are kept, and its space. */
@Path("repository")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RepositoryResource {

  private final java.nio.file.Path directory;
  private final Repository repository;
  private final Sites sites;

  /**
   * @param directory the repository's, for people
   */
  public RepositoryResource(java.nio.file.Path directory, Repository repository, Sites sites) {
    this.directory = directory;
    this.repository = repository;
    this.sites = sites;
  }

  /** Where backups are kept, and its space. */
  @GET
  public RepositoryDto get(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministrator();
    return RepositoryDto.of(directory.toString(), repository.space(), repository.findings());
  }

  /** Resizes the reserve, at once. */
  @PUT
  @Path("reserve")
  public RepositoryDto resize(ReserveDto reserve, @Context SecurityContext security) {
    AccessContext.of(security).requireAdministratorOfAll(sites);
    long bytes = Require.present(Require.present(reserve, "bytes").bytes(), "bytes");
    if (bytes < 0) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "A reserve of " + bytes + " bytes cannot be", "Send 0 or more.");
    }
    repository.resize(ByteCount.ofBytes(bytes));
    return get(security);
  }
}
