package dev.stillpoint.drive;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.hypervisor.MediaDrive;
import dev.stillpoint.hypervisor.MediaDrive.Moment;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts ISO images into the CD drives of VMs and takes them out again. Thread-safe. */
public final class Drives {

  private static final Logger LOG = LoggerFactory.getLogger(Drives.class);

  /** An image that no VM has yet, or no more, is kept so long: an insertion may be repeated. */
  private static final Duration GRACE = Duration.ofMinutes(15);

  private final Sites sites;
  private final JournalStore journal;
  private final Sweeper sweeper;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Map<SiteId, Object> locks = new ConcurrentHashMap<>();
  private final Set<RunId> operations = ConcurrentHashMap.newKeySet();

  public Drives(
      Sites sites, JournalStore journal, Sweeper sweeper, InstantSource clock, Supplier<UUID> ids) {
    this.sites = sites;
    this.journal = journal;
    this.sweeper = sweeper;
    this.clock = clock;
    this.ids = ids;
    sweeper.hold(entry -> UploadedIso.isOne(entry) || operations.contains(entry.run()));
  }

  /**
   * What the drive of a VM holds.
   *
   * @throws StillpointException NOT_FOUND; CONFLICT for a VM without a drive
   */
  public Drive show(SiteId site, VmId vm) {
    return drive(site, vm, sites.session(site).mediaDrive().content(vm), false);
  }

  /**
   * Puts an image into the drive of a VM, in place of what is there, which is remembered.
   *
   * @throws StillpointException CONFLICT when the VM does not run and the image was wanted now, or
   *     its guest holds the tray; OUT_OF_SPACE; BAD_REQUEST when the content is not as announced
   */
  public Drive insert(SiteId site, VmId vm, Iso iso, DriveWish when) {
    MediaDrive drives = sites.session(site).mediaDrive();
    refuseImpossible(drives.content(vm), when);
    synchronized (lock(site)) {
      Optional<UploadedIso> there = there(site, vm, iso, drives);
      if (there.isPresent()) {
        return place(there.get(), vm, when, drives, false);
      }
    }
    UploadedIso brought = bring(site, vm, iso, drives);
    synchronized (lock(site)) {
      return place(brought, vm, when, drives, true);
    }
  }

  /** Before gigabytes are moved for nothing. */
  private static void refuseImpossible(DriveContent content, DriveWish when) {
    if (!content.running() && when.moments(false).contains(Moment.NOW)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The VM does not run: its drive cannot be changed now",
          "Start the VM, or change the drive for its next start.");
    }
  }

  private Optional<UploadedIso> there(SiteId site, VmId vm, Iso iso, MediaDrive drives) {
    return iso.sha256().stream()
        .flatMap(hash -> uploaded(site).stream().filter(one -> one.sha256().equals(hash)))
        .filter(one -> drives.canReach(vm, one.disk()))
        .findFirst();
  }

  /** Until the exchange at its end the disk is one that any sweep takes away again. */
  private UploadedIso bring(SiteId site, VmId vm, Iso iso, MediaDrive drives) {
    RunId operation = new RunId("drive-" + ids.get());
    RunJournal effects = new RunJournal(journal, operation, site, clock);
    operations.add(operation);
    boolean done = false;
    try (DiskWriter writer = drives.createIso(vm, iso.name(), iso.size(), effects)) {
      String sha256 = new IsoUpload(iso, writer).run();
      UploadedIso brought =
          new UploadedIso(
              operation, site, clock.instant(), writer.disk(), iso.name(), sha256, Map.of());
      effects.exchange(effects.open(), List.of(brought.effect()));
      done = true;
      LOG.info("site={} disk={} iso={} brought", site, brought.disk(), iso.name());
      return brought;
    } finally {
      if (!done) {
        sweeper.sweep(effects.entries());
        // What could not be released now is swept later. One that is done stays held: a sweep that
        // read the journal a moment ago may still take its disk for a leftover.
        operations.remove(operation);
      }
    }
  }

  private Drive place(
      UploadedIso iso, VmId vm, DriveWish when, MediaDrive drives, boolean brought) {
    DriveContent content = drives.content(vm);
    DriveContent before =
        uploaded(iso.site()).stream()
            .filter(other -> other.isIn(content.now()) || other.isIn(content.nextStart()))
            .flatMap(other -> Optional.ofNullable(other.before().get(vm)).stream())
            .findFirst()
            .orElse(content);
    journal.add(List.of(iso.with(vm, before).entry()));
    for (Moment moment : when.moments(content.running())) {
      drives.insert(vm, iso.disk().value(), moment);
    }
    LOG.info("site={} vm={} disk={} iso={} inserted", iso.site(), vm, iso.disk(), iso.name());
    return drive(iso.site(), vm, drives.content(vm), brought);
  }

  /**
   * Takes an image of ours out of the drive of a VM, and deletes it when no other VM has it.
   *
   * @param putBack what was in the drive before goes back into it
   * @return the drive, with what was in it before
   * @throws StillpointException CONFLICT when the drive holds something that is not ours, or the
   *     guest holds the tray
   */
  public Drive eject(SiteId site, VmId vm, DriveWish when, boolean putBack) {
    synchronized (lock(site)) {
      MediaDrive drives = sites.session(site).mediaDrive();
      Drive was = drive(site, vm, drives.content(vm), false);
      List<Moment> moments = when.moments(was.content().running());
      moments.forEach(moment -> requireOurs(was, moment));
      for (Moment moment : moments) {
        Optional<Medium> back = was.before().filter(b -> putBack).flatMap(b -> b.at(moment));
        if (was.content().at(moment).isPresent() && back.isPresent()) {
          drives.insert(vm, back.get().reference(), moment);
        } else if (was.content().at(moment).isPresent()) {
          drives.eject(vm, moment);
        }
      }
      DriveContent now = drives.content(vm);
      for (UploadedIso iso : uploaded(site)) {
        boolean left = !iso.isIn(now.now()) && !iso.isIn(now.nextStart());
        if (left && iso.before().containsKey(vm)) {
          journal.add(List.of(iso.without(vm).entry()));
          delete(iso);
        }
      }
      return new Drive(now, drive(site, vm, now, false).ours(), was.before(), false);
    }
  }

  private static void requireOurs(Drive drive, Moment moment) {
    Optional<Medium> foreign =
        drive
            .content()
            .at(moment)
            .filter(m -> drive.ours().stream().noneMatch(d -> d.value().equals(m.reference())));
    if (foreign.isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The drive holds " + foreign.get().name() + ", which Stillpoint did not put there",
          "Eject it in the manager.");
    }
  }

  /** Deletes the images that no VM has had in its drive for a while. */
  public void tidy() {
    try {
      for (UploadedIso iso : journalled()) {
        if (iso.since().plus(GRACE).isBefore(clock.instant())) {
          synchronized (lock(iso.site())) {
            delete(iso);
          }
        }
      }
    } catch (StillpointException e) {
      LOG.warn("the ISO images that were brought cannot be listed: {}", e.getMessage());
    }
  }

  private void delete(UploadedIso iso) {
    try {
      sweeper.release(iso.entry());
    } catch (StillpointException e) {
      // In use as long as it is; or the site is away, and it is tried again.
      LOG.debug("site={} disk={} stays: {}", iso.site(), iso.disk(), e.getMessage());
    }
  }

  private Drive drive(SiteId site, VmId vm, DriveContent content, boolean brought) {
    List<UploadedIso> ours =
        uploaded(site).stream()
            .filter(iso -> iso.isIn(content.now()) || iso.isIn(content.nextStart()))
            .toList();
    Set<DiskId> disks = ours.stream().map(UploadedIso::disk).collect(toUnmodifiableSet());
    Optional<DriveContent> before =
        ours.stream()
            .flatMap(iso -> Optional.ofNullable(iso.before().get(vm)).stream())
            .findFirst();
    return new Drive(content, disks, before, brought);
  }

  private List<UploadedIso> uploaded(SiteId site) {
    return journalled().stream().filter(iso -> iso.site().equals(site)).toList();
  }

  private List<UploadedIso> journalled() {
    return journal.all().stream().filter(UploadedIso::isOne).map(UploadedIso::of).toList();
  }

  private Object lock(SiteId site) {
    return locks.computeIfAbsent(site, s -> new Object());
  }
}
