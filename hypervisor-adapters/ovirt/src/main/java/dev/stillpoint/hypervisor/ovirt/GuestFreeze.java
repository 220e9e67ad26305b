package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guest whose file systems are brought to rest while its backup starts. Made by {@link #begin};
 * {@link #close} thaws, whatever happened in between.
 *
 * <p>On the flow with a snapshot the engine drops {@code require_consistency}, and its host freezes
 * without telling whether that worked; so we freeze ourselves. One thread.
 */
final class GuestFreeze implements AutoCloseable {

  /**
   * A guest that cannot write for longer than this would be harmed more than the backup is worth.
   */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(GuestFreeze.class);

  private final Guests guests;
  private final VmRef vm;
  private final OutsideEffect effect;
  private final EffectJournal journal;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private Optional<Consistency> level;
  private Optional<String> note = Optional.empty();
  private boolean byItsHost;
  private boolean frozen;

  private GuestFreeze(
      Guests guests,
      VmRef vm,
      EffectJournal journal,
      LongSupplier nanoClock,
      Optional<Consistency> level) {
    this.guests = guests;
    this.vm = vm;
    this.effect = Effects.freeze(vm);
    this.journal = journal;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.level = level;
  }

  /**
   * @param level what is known of the guest without freezing it
   */
  static GuestFreeze none(
      Guests guests, VmRef vm, EffectJournal journal, Optional<Consistency> level) {
    return new GuestFreeze(guests, vm, journal, () -> 0, level);
  }

  /**
   * The flow without a snapshot: the host freezes and thaws, and the backup fails where it cannot.
   * A freeze of ours before it would be in its way.
   */
  static GuestFreeze byItsHost(Guests guests, VmRef vm, EffectJournal journal) {
    GuestFreeze freeze = none(guests, vm, journal, Optional.of(Consistency.FILESYSTEM));
    freeze.byItsHost = true;
    return freeze;
  }

  /** Whether the backup must be asked for with {@code require_consistency}. */
  boolean isByItsHost() {
    return byItsHost;
  }

  /**
   * Freezes.
   *
   * @throws StillpointException HYPERVISOR_REFUSED when it is required and refused
   */
  static GuestFreeze begin(
      Guests guests, VmRef vm, EffectJournal journal, Freezing wish, LongSupplier nanoClock) {
    GuestFreeze freeze = new GuestFreeze(guests, vm, journal, nanoClock, Optional.empty());
    freeze.freeze(wish);
    return freeze;
  }

  private void freeze(Freezing wish) {
    journal.intend(effect);
    frozen = true;
    try {
      guests.freeze(vm);
      level = Optional.of(Consistency.FILESYSTEM);
    } catch (StillpointException e) {
      if (e instanceof OvirtException refusal && refusal.isDefinite()) {
        frozen = false;
        journal.released(effect);
      } else {
        // The answer was lost: the guest may be frozen all the same.
        thaw();
      }
      String why = "The file systems of " + vm + " could not be frozen: " + e.getMessage();
      if (wish == Freezing.REQUIRE) {
        throw new StillpointException(
            ErrorKind.HYPERVISOR_REFUSED,
            why,
            "Install or start the guest agent in the VM, or let the policy only try",
            e);
      }
      note = Optional.of(why);
      level = Optional.of(Consistency.CRASH);
    }
  }

  /** To be called again and again while the backup starts. */
  void thawWhenOverdue() {
    if (frozen && nanoClock.getAsLong() - startNanos > LIMIT.toNanos()) {
      thaw();
      level = Optional.empty();
      note =
          Optional.of(
              "The file systems of "
                  + vm
                  + " were thawed after "
                  + LIMIT.toSeconds()
                  + " s, before the engine had its snapshot");
    }
  }

  /** In which state the backup found the guest; known once it is ready. */
  Optional<Consistency> level() {
    return level;
  }

  /** What is not as it was asked. */
  Optional<String> note() {
    return note;
  }

  /** Thaws. Never throws: what is not thawed stays in the journal. */
  @Override
  public void close() {
    if (frozen) {
      thaw();
    }
  }

  private void thaw() {
    try {
      guests.thaw(vm);
      frozen = false;
      journal.released(effect);
    } catch (StillpointException e) {
      LOG.warn("file systems of {} not thawed: {}", vm, e.getMessage());
    }
  }
}
