package dev.stillpoint.hypervisor.testing;

/**
 * The process "died" here. An {@link Error}, so that nobody's handling of exceptions takes part in
 * it; every later call of a session of before the crash throws it too, so cleaning up is in vain as
 * it would be after {@code kill -9}.
 */
public final class SimulatedCrash extends Error {

  private static final long serialVersionUID = 1L;

  SimulatedCrash(String where) {
    super("Simulated crash " + where);
  }
}
