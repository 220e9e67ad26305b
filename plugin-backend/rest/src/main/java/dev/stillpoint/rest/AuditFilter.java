package dev.stillpoint.rest;

import dev.stillpoint.audit.AuditEntry.Result;
import dev.stillpoint.audit.AuditTrail;
import dev.stillpoint.rest.dto.DeletionDto;
import dev.stillpoint.rest.dto.PolicyDto;
import dev.stillpoint.rest.dto.RecoveryPlanDto;
import dev.stillpoint.rest.dto.RestorePlanDto;
import dev.stillpoint.rest.dto.RetentionPlanDto;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.rest.dto.SignedInDto;
import dev.stillpoint.rest.dto.SiteDto;
import dev.stillpoint.rest.dto.StartsDto;
import dev.stillpoint.rest.error.ProblemDocument;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down every call that changes something, also one that was refused: who, what, to what and
 * how it went. Nothing of what was sent is kept but the path.
 */
public final class AuditFilter implements ContainerResponseFilter {

  /** Where a call notes what it is about, if its path does not tell. */
  static final String SUBJECT = "dev.stillpoint.subject";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final String NOBODY = "not known";

  private final AuditTrail trail;

  @Context private ResourceInfo called;

  public AuditFilter(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (READING.contains(request.getMethod())
        || called.getResourceClass() == null
        || isPreview(response.getEntity())) {
      return;
    }
    String actor =
        Optional.ofNullable(request.getSecurityContext().getUserPrincipal())
            .map(Principal::getName)
            .orElse(NOBODY);
    Object known = request.getProperty(SUBJECT);
    String path = known == null ? request.getUriInfo().getPath() : known.toString();
    trail.note(
        response.getEntity() instanceof SignedInDto one ? one.user() : actor,
        action(),
        subject(path, response.getEntity()),
        result(response.getStatus()),
        detail(response.getEntity()));
  }

  /** {@code policies.add}: the part of the API and its method. */
  private String action() {
    String resource = called.getResourceClass().getSimpleName().replaceAll("Resource$", "");
    String method = called.getResourceMethod().getName();
    return resource.toLowerCase(Locale.ROOT) + "." + method;
  }

  /** What would be done was shown, and nothing was: a form asks for that at each key. */
  private static boolean isPreview(Object answer) {
    return answer instanceof RestorePlanDto
        || answer instanceof RecoveryPlanDto
        || answer instanceof RetentionPlanDto
        || answer instanceof StartsDto
        || (answer instanceof DeletionDto deletion && !deletion.deleted());
  }

  /** What came to be by the call, else what the call was about. */
  private static String subject(String path, Object answer) {
    if (answer instanceof RunDto run) {
      return "runs/" + run.id();
    }
    if (answer instanceof PolicyDto policy) {
      return "policies/" + policy.id();
    }
    if (answer instanceof SiteDto site) {
      return "sites/" + site.id();
    }
    return path;
  }

  private static Result result(int status) {
    if (status < 400) {
      return Result.DONE;
    }
    return status < 500 ? Result.REFUSED : Result.FAILED;
  }

  private static String detail(Object answer) {
    if (answer instanceof ProblemDocument problem) {
      return problem.status() + " " + problem.detail();
    }
    if (answer instanceof RunDto run) {
      return run.kind() + " of " + run.vms().size() + " VMs";
    }
    if (answer instanceof PolicyDto policy) {
      return policy.name();
    }
    return answer instanceof SiteDto site ? site.name() : "";
  }
}
