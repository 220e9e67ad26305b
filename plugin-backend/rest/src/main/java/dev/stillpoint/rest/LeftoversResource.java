package dev.stillpoint.rest;

import dev.stillpoint.job.JournalStore;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.LeftoverDto;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /leftovers}: what the journal still lists on the managers. */
@Path("leftovers")
@Produces(MediaType.APPLICATION_JSON)
public final class LeftoversResource {

  private final JournalStore journal;

  public LeftoversResource(JournalStore journal) {
    this.journal = journal;
  }

  @GET
  public ItemsDto<LeftoverDto> list() {
    return new ItemsDto<>(journal.all().stream().map(LeftoverDto::of).toList());
  }
}
