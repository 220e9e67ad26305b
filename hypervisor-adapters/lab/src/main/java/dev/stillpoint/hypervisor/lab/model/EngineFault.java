package dev.stillpoint.hypervisor.lab.model;

/** A refusal of the engine, as its API words it. */
public final class EngineFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String FAILED = "Operation Failed";

  private final int status;
  private final String reason;
  private final String detail;

  private EngineFault(int status, String reason, String detail) {
    super(status + " " + reason + ": " + detail);
    this.status = status;
    this.reason = reason;
    this.detail = detail;
  }

  /** The state of things does not allow it: 409. */
  public static EngineFault conflict(String text) {
    return new EngineFault(409, FAILED, "[" + text + "]");
  }

  /** A wrong value: 400. */
  public static EngineFault wrong(String text) {
    return new EngineFault(400, FAILED, "[" + text + "]");
  }

  /** Something the call needs was not given: 400. */
  public static EngineFault incomplete(String detail) {
    return new EngineFault(400, "Input validation failed.", detail);
  }

  /** The request does not follow the schema: 400. */
  public static EngineFault syntax(String detail) {
    return new EngineFault(400, "Request syntactically incorrect.", detail);
  }

  /** The user may not: 403. */
  public static EngineFault forbidden() {
    return new EngineFault(403, FAILED, "[User is not authorized to perform this action.]");
  }

  /** No such thing: 404 without a body. */
  public static EngineFault missing() {
    return new EngineFault(404, "", "");
  }

  /** No such thing: 404 with a body, as some of the engine's queries have it. */
  public static EngineFault missing(String detail) {
    return new EngineFault(404, FAILED, detail);
  }

  public int status() {
    return status;
  }

  public String reason() {
    return reason;
  }

  public String detail() {
    return detail;
  }
}
