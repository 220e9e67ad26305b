package dev.stillpoint.hypervisor.lab.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.block.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A ticket of a real daemon, which alone knows how it is used. */
final class DaemonTicket implements Ticket {
  private final Name name;
  private final ImageioPlane plane;
  private final InstantSource clock;
  private Optional<NbdServer> server;
  private Instant touched;
  private long movedBytes;
  private boolean revoked;

  /**
   * @param server what serves the image for this ticket only, if anything does
   */
  DaemonTicket(Name name, ImageioPlane plane, Optional<NbdServer> server, InstantSource clock) {
    this.name = name;
    this.plane = plane;
    this.server = server;
    this.clock = clock;
    this.touched = clock.instant();
  }

  @Override
  public String id() {
    return name.id();
  }

  private Optional<JsonNode> info() {
    return revoked ? Optional.empty() : plane.info(id());
  }

  @Override
  public synchronized long movedBytes() {
    info().ifPresent(now -> movedBytes = now.path("transferred").asLong());
    return movedBytes;
  }

  @Override
  public synchronized boolean isBusy() {
    return info().filter(now -> now.path("active").asBoolean()).isPresent();
  }

  @Override
  public synchronized Instant lastUse() {
    Instant used =
        info()
            .map(now -> clock.instant().minusSeconds(now.path("idle_time").asLong()))
            .orElse(touched);
    return used.isAfter(touched) ? used : touched;
  }

  @Override
  public synchronized void touch() {
    touched = clock.instant();
  }

  @Override
  public synchronized boolean revoke() {
    if (!revoked) {
      long moved = movedBytes();
      revoked = plane.remove(this);
      movedBytes = moved;
      if (revoked) {
        stopServer();
      }
    }
    return revoked;
  }

  private void stopServer() {
    try {
      if (server.isPresent()) {
        server.get().kill();
        server = Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the server of transfer " + name.transfer(), e);
    }
  }

  @Override
  public synchronized boolean isKnown() {
    return info().filter(now -> !now.path("canceled").asBoolean()).isPresent();
  }
}
