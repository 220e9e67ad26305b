package dev.stillpoint.rest;

import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NewPolicyDto;
import dev.stillpoint.rest.dto.PolicyDto;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /policies}: what to back up. */
@Path("policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PoliciesResource {

  private final PolicyStore policies;
  private final Sites sites;
  private final RunQueue queue;
  private final Supplier<UUID> ids;
  private final VmFinder vms;

  public PoliciesResource(PolicyStore policies, Sites sites, RunQueue queue, Supplier<UUID> ids) {
    this.policies = policies;
    this.sites = sites;
    this.queue = queue;
    this.ids = ids;
    this.vms = new VmFinder(sites);
  }

  @GET
  public ItemsDto<PolicyDto> list() {
    return new ItemsDto<>(policies.all().stream().map(PolicyDto::of).toList());
  }

  @POST
  public Response add(NewPolicyDto dto) {
    Policy policy = policy(new PolicyId(ids.get().toString()), Require.present(dto, "body"));
    policies.put(policy);
    return Response.status(Response.Status.CREATED).entity(PolicyDto.of(policy)).build();
  }

  @GET
  @Path("{policy}")
  public PolicyDto get(@PathParam("policy") String policy) {
    return PolicyDto.of(require(policy));
  }

  @PUT
  @Path("{policy}")
  public PolicyDto replace(@PathParam("policy") String idOrName, NewPolicyDto dto) {
    Policy policy = policy(require(idOrName).id(), Require.present(dto, "body"));
    policies.put(policy);
    return PolicyDto.of(policy);
  }

  @DELETE
  @Path("{policy}")
  public void remove(@PathParam("policy") String policy) {
    policies.delete(require(policy).id());
  }

  /** Runs a policy now. A VM that is gone is named by its id and skipped by the run. */
  @POST
  @Path("{policy}/runs")
  @Consumes(MediaType.WILDCARD)
  public Response run(@PathParam("policy") String idOrName) {
    Policy policy = require(idOrName);
    if (!policy.enabled()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Policy " + policy.name() + " is disabled",
          "Enable it, or back its VMs up by name.");
    }
    Map<VmId, String> names =
        sites.session(policy.site()).inventory().vms().stream()
            .collect(Collectors.toMap(VmSummary::id, VmSummary::name));
    List<BackupRequest.NamedVm> named =
        policy.vms().stream()
            .map(vm -> new BackupRequest.NamedVm(vm, names.getOrDefault(vm, vm.value())))
            .toList();
    BackupRequest request =
        new BackupRequest(
            Optional.of(policy.id()), named, policy.excludedDisks(), policy.freezing());
    return Response.accepted(RunDto.of(queue.submit(policy.site(), request))).build();
  }

  private Policy policy(PolicyId id, NewPolicyDto sent) {
    Site site = sites.require(Require.present(sent.site(), "site"));
    return new Policy(
        id,
        Require.present(sent.name(), "name"),
        site.id(),
        vms.find(site, Require.all(sent.vms(), "vms")).stream().map(VmSummary::id).toList(),
        Require.all(sent.excludedDisks().orElse(List.of()), "excludedDisks").stream()
            .map(DiskId::new)
            .toList(),
        FreezeWord.read(sent.freeze()),
        sent.enabled().orElse(true));
  }

  private Policy require(String idOrName) {
    return policies.all().stream()
        .filter(p -> p.id().value().equals(idOrName) || p.name().equals(idOrName))
        .findFirst()
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no policy " + idOrName,
                    "List the policies with: stillpoint policies list"));
  }
}
