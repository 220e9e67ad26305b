package dev.stillpoint.hypervisor;

/** Where an adapter announces what it is about to make; durable when the call returns. */
public interface EffectJournal {

  /** Says, <em>before</em> the manager is asked, what is about to be made. */
  void intend(OutsideEffect effect);

  /** Says that it is gone, or never came to be. Unknown effects are ignored. */
  void released(OutsideEffect effect);
}
