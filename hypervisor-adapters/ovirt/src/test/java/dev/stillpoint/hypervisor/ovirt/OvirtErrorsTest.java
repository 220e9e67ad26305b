package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.ovirt.http.Peer;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ovirt.engine.sdk4.Error;

/** Texts as a real engine and the SDK wrote them. */
final class OvirtErrorsTest {

  private final OvirtErrors errors =
      new OvirtErrors(
          new SiteAddress(
              URI.create("https://engine.example/ovirt-engine/api"), "admin@internal", ""),
          new Peer("the engine at https://engine.example", Duration.ofSeconds(10)));

  @Test
  void takesAConflictWithTheEnginesReason() {
    assertKind(
        ErrorKind.CONFLICT,
        fault("[Cannot backup VM: Disk is locked. Please try again later.]", 409, "Conflict"),
        "Starting the backup of VM web01 failed: "
            + "Cannot backup VM: Disk is locked. Please try again later. "
            + "(the engine at https://engine.example)");
  }

  @Test
  void takesLowDiskSpaceAsOutOfSpaceThoughItComesAsAConflict() {
    assertKind(
        ErrorKind.OUT_OF_SPACE,
        fault(
            "[Cannot add Virtual Disk. Low disk space on Storage Domain data1.]", 409, "Conflict"),
        "data1");
  }

  @Test
  void takesMissingRightsAsPermissionWithEitherStatus() {
    assertKind(
        ErrorKind.PERMISSION,
        fault("[User is not authorized to perform this action.]", 403, "Forbidden"),
        "not authorized");
    assertKind(
        ErrorKind.PERMISSION,
        fault("query execution failed due to insufficient permissions.", 400, "Bad Request"),
        "insufficient permissions");
  }

  @Test
  void takesABare404AsNotFound() {
    assertKind(
        ErrorKind.NOT_FOUND,
        "HTTP response code is \"404\". HTTP response message is \"Not Found\".",
        "does not know it");
  }

  @Test
  void takesAnEmptyFaultAsRefused() {
    assertKind(ErrorKind.HYPERVISOR_REFUSED, fault("[]", 400, "Bad Request"), "400");
  }

  @Test
  void keepsQuotationMarksInsideAFault() {
    StillpointException e = translate(new Error(fault("[\"web\" is \"locked\"]", 409, "Conflict")));

    assertThat(e).hasMessageContaining("\"web\" is \"locked\"");
  }

  @Test
  void saysHowLongItWaited() {
    StillpointException e =
        translate(
            new Error("Failed to send request", new SocketTimeoutException("Read timed out")));

    assertThat(e.kind()).isEqualTo(ErrorKind.HYPERVISOR_UNAVAILABLE);
    assertThat(e).hasMessageContaining("did not answer within 10 s");
  }

  @Test
  void findsTheConnectionErrorHoweverDeep() {
    StillpointException e =
        translate(new Error("a", new RuntimeException("b", new IOException("reset"))));

    assertThat(e.kind()).isEqualTo(ErrorKind.HYPERVISOR_UNAVAILABLE);
  }

  @Test
  void passesItsOwnErrorsOn() {
    StillpointException own = new StillpointException(ErrorKind.CANCELLED, "stop", "");

    assertThat(translate(new Error("wrapped", own))).isSameAs(own);
  }

  private void assertKind(ErrorKind kind, String text, String message) {
    StillpointException e = translate(new Error(text));
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.remedy()).isNotBlank();
  }

  private StillpointException translate(Error error) {
    return errors.translate("Starting the backup of VM web01", error);
  }

  private static String fault(String detail, int status, String message) {
    return "Fault reason is \"Operation Failed\". Fault detail is \""
        + detail
        + "\". HTTP response code is \""
        + status
        + "\". HTTP response message is \""
        + message
        + "\".";
  }
}
