package dev.stillpoint.rest;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.RetentionDto;
import dev.stillpoint.rest.dto.RetentionPlanDto;
import dev.stillpoint.upkeep.RetentionPlans;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/** {@code /policies/…/retention}: what of a policy's points is kept, what goes, and why. */
@Path("policies/{policy}/retention")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RetentionResource {

  private final PolicyStore policies;
  private final RetentionPlans plans;
  private final InstantSource clock;

  public RetentionResource(PolicyStore policies, RetentionPlans plans, InstantSource clock) {
    this.policies = policies;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * The plan that would be carried out now, or at another time if no point were made before.
   *
   * @param at another time, an instant
   */
  @GET
  public RetentionPlanDto plan(
      @PathParam("policy") String idOrName,
      @QueryParam("at") String at,
      @Context SecurityContext security) {
    Policy policy = require(idOrName, security);
    return RetentionPlanDto.of(plans.at(instant(at)).ofPolicy(policy.id()));
  }

  /**
   * The plan as if the policy had other rules; what was fixed for its points stays fixed.
   *
   * @param at another time, an instant
   */
  @POST
  public RetentionPlanDto draft(
      @PathParam("policy") String idOrName,
      @QueryParam("at") String at,
      RetentionDto draft,
      @Context SecurityContext security) {
    Policy policy = require(idOrName, security);
    return RetentionPlanDto.of(
        plans
            .at(instant(at), policy, Retentions.read(Require.present(draft, "body")))
            .ofPolicy(policy.id()));
  }

  private Instant instant(String at) {
    try {
      return at == null ? clock.instant() : Instant.parse(at);
    } catch (DateTimeParseException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "'" + at + "' is no instant",
          "Write it like 2026-11-21T05:30:00Z.",
          e);
    }
  }

  private Policy require(String idOrName, SecurityContext security) {
    Policy policy =
        policies.all().stream()
            .filter(p -> p.id().value().equals(idOrName) || p.name().equals(idOrName))
            .filter(p -> PolicyFinder.sees(AccessContext.of(security), p))
            .findFirst()
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "There is no policy " + idOrName,
                        "Look for it in the list of policies.",
                        Place.POLICIES));
    AccessContext.of(security).requireAdministrator(policy.site());
    return policy;
  }
}
