package dev.stillpoint.hypervisor.lab.demo;

/** A step of the demo failed; the message says what happened, for people. */
final class DemoFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
