package dev.stillpoint.trigger;

import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.policy.PolicyVms;
import dev.stillpoint.schedule.Slot;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what is due. Whoever calls {@link #look} may do so from any thread and on several servers;
 * of each slot one run comes, or a note why there was none.
 */
public final class Trigger {

  private static final Logger LOG = LoggerFactory.getLogger(Trigger.class);

  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** A login that is refused too often locks the account. */
  private static final Duration PAUSE_AFTER_REFUSED_LOGIN = Duration.ofMinutes(15);

  private final PolicyStore policies;
  private final Sites sites;
  private final RunQueue queue;
  private final SlotStartStore starts;
  private final InstantSource clock;
  private final Map<SiteId, Pause> pauses = new HashMap<>();
  private final Map<PolicyId, String> obstacles = new HashMap<>();

  /** A site that did not answer is left alone until then. */
  private record Pause(Instant from, Instant until, String why) {

    /** Not for ever when the clock is put back. */
    boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  public Trigger(
      PolicyStore policies,
      Sites sites,
      RunQueue queue,
      SlotStartStore starts,
      InstantSource clock) {
    this.policies = policies;
    this.sites = sites;
    this.queue = queue;
    this.starts = starts;
    this.clock = clock;
  }

  /**
   * Starts what is due now, and notes what was missed since the last look.
   *
   * @throws StillpointException when the database cannot be asked; nothing is lost by that
   */
  public synchronized void look() {
    Instant now = clock.instant();
    Optional<Instant> last = starts.lastLook();
    Instant since = DuePlan.lookedSince(last, now).minus(Slot.LENGTH);
    DuePlan plan = DuePlan.of(policies.all(), starts.since(since), last, now);
    plan.missed().forEach(due -> noteMissed(due, now));
    Map<SiteId, Seen> seen = new HashMap<>();
    plan.starts().forEach(due -> start(due, seen, now));
    starts.looked(now);
  }

  /** A slot in which the policy was switched on has been missed: nothing is made up for. */
  public void switchedOn(Policy policy) {
    Instant now = clock.instant();
    policy
        .schedule()
        .flatMap(schedule -> schedule.at(now))
        .ifPresent(
            slot ->
                starts.miss(
                    SlotStart.missed(
                        policy.id(),
                        slot.begin(),
                        "The policy was switched on when this slot had begun",
                        now)));
  }

  private void noteMissed(DuePlan.Due due, Instant now) {
    String obstacle = obstacles.remove(due.policy().id());
    String reason =
        obstacle == null
            ? "The server did not run during this slot, or its clock jumped over it"
            : obstacle;
    if (starts.miss(SlotStart.missed(due.policy().id(), due.slot().begin(), reason, now))) {
      LOG.warn("policy={} slot={} missed: {}", due.policy().name(), due.slot().begin(), reason);
    }
  }

  private void start(DuePlan.Due due, Map<SiteId, Seen> seen, Instant now) {
    Policy policy = due.policy();
    Pause pause = pauses.get(policy.site());
    if (pause != null && pause.holds(now)) {
      obstacles.put(policy.id(), pause.why());
      return;
    }
    try {
      Seen site =
          seen.computeIfAbsent(policy.site(), id -> new Seen(sites.session(id).inventory()));
      submit(due, site, now);
      obstacles.remove(policy.id());
    } catch (StillpointException e) {
      LOG.warn("policy={} cannot start yet: {}", policy.name(), e.getMessage());
      Duration length = e.kind() == ErrorKind.UNAUTHENTICATED ? PAUSE_AFTER_REFUSED_LOGIN : PAUSE;
      pauses.put(policy.site(), new Pause(now, now.plus(length), e.getMessage()));
      obstacles.put(policy.id(), e.getMessage());
    } catch (RuntimeException e) {
      // One policy on which we stumble must not keep the others from starting.
      LOG.error("policy={} cannot start", policy.name(), e);
      obstacles.put(policy.id(), "Unexpected: " + e);
    }
  }

  private void submit(DuePlan.Due due, Seen site, Instant now) {
    Policy policy = due.policy();
    Optional<BackupRequest> request =
        PolicyRun.of(policy, PolicyVms.now(policy, site), queue.lastOf(policy.id()));
    if (request.isEmpty()) {
      starts.miss(
          SlotStart.missed(policy.id(), due.slot().begin(), "The policy selects no VM", now));
      return;
    }
    queue.submit(
        policy.site(),
        request.get(),
        run ->
            starts.start(
                run,
                new SlotStart(
                    policy.id(), due.slot().begin(), Optional.of(run.id()), due.delay(now), now)));
  }

  /** What a site has, asked once for all policies of one look. */
  private static final class Seen implements PolicyVms.Source {

    private final Inventory inventory;
    private List<VmSummary> vms = List.of();
    private List<VmPlacement> placements = List.of();

    Seen(Inventory inventory) {
      this.inventory = inventory;
    }

    @Override
    public List<VmSummary> vms() {
      vms = vms.isEmpty() ? inventory.vms() : vms;
      return vms;
    }

    @Override
    public List<VmPlacement> placements() {
      placements = placements.isEmpty() ? inventory.placements() : placements;
      return placements;
    }
  }
}
