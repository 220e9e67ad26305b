package dev.stillpoint.server;

import dev.stillpoint.job.RunQueue;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.rest.DraftsResource;
import dev.stillpoint.rest.PoliciesResource;
import dev.stillpoint.rest.QueueResource;
import dev.stillpoint.rest.SiteLimitsResource;
import dev.stillpoint.rest.SlotsResource;
import dev.stillpoint.rest.StartsResource;
import dev.stillpoint.rest.VmGroupsResource;
import dev.stillpoint.restore.RestoreRunner;
import dev.stillpoint.site.Sites;
import dev.stillpoint.slot.SlotRules;
import dev.stillpoint.trigger.Planner;
import dev.stillpoint.trigger.Trigger;
import dev.stillpoint.vmgroup.GroupPoints;
import dev.stillpoint.vmgroup.VmGroups;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.glassfish.jersey.server.ResourceConfig;

/** Policies, their slots and what starts them, wired together. */
final class Planning {

  /** Starts are spread over minutes, and the last minutes of a slot are left free. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);

  private final Database database;
  private final Sites sites;
  private final RunQueue queue;
  private final InstantSource clock;
  private final Trigger trigger;
  private final Planner planner;

  Planning(Database database, Sites sites, RunQueue queue, int slotCapacity, InstantSource clock) {
    this.database = database;
    this.sites = sites;
    this.queue = queue;
    this.clock = clock;
    this.trigger = new Trigger(database.policies(), sites, queue, database.slotStarts(), clock);
    this.planner =
        new Planner(database.policies(), queue, new SlotRules(slotCapacity), trigger, clock);
  }

  void register(ResourceConfig api, RestoreRunner restores) {
    VmGroupsResource groups =
        new VmGroupsResource(
            sites,
            new VmGroups(sites, database.policies(), queue),
            new GroupPoints(queue, database.catalog(), database.pointList(clock)),
            new VmGroupsResource.Policies(database.policies(), planner),
            new VmGroupsResource.Restoring(restores, queue));
    api.register(groups)
        .register(
            new PoliciesResource(
                database.policies(), planner, sites, queue, clock, UUID::randomUUID))
        .register(new StartsResource(database.policies(), planner, database.slotStarts()))
        .register(new SlotsResource(planner, database.policies(), clock))
        .register(new DraftsResource(database.policies(), queue, sites, clock))
        .register(new QueueResource(queue, database.catalog()))
        .register(new SiteLimitsResource(sites));
  }

  /** Begins to start what is due. */
  AutoCloseable start() {
    return database.again("due-policies", LOOK_INTERVAL, trigger::look, clock);
  }
}
