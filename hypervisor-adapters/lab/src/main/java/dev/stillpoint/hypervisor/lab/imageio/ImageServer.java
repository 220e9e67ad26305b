package dev.stillpoint.hypervisor.lab.imageio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers {@code /images/TICKET}. Safe for use by many threads. */
final class ImageServer implements HttpHandler {
  private static final String TEXT = "text/plain; charset=UTF-8";
  private static final String JSON = "application/json";
  private static final int MAX_CONNECTIONS = 8;

  private final Tickets tickets;
  private final LabFaults faults;
  private final Buffers buffers = new Buffers();
  private final ObjectMapper json = new ObjectMapper();

  ImageServer(Tickets tickets, LabFaults faults) {
    this.tickets = tickets;
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (faults.strikes(Switch.IMAGEIO_SILENT)) {
      // Never answered: the exchange stays open until the client or the lab goes away.
      return;
    }
    try (exchange) {
      exchange.getResponseHeaders().set("Server", "imageio/2.5.3");
      try {
        answer(exchange);
      } catch (ImageFault fault) {
        fault.headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, fault.status(), TEXT, fault.getMessage() + "\n");
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    if (path.length < 3 || path.length > 4 || !path[1].equals("images")) {
      throw ImageFault.notFound("No handler for " + exchange.getRequestURI().getPath());
    }
    String method = exchange.getRequestMethod();
    if (path[2].equals("*") && method.equals("OPTIONS")) {
      options(exchange, true);
      return;
    }
    HeldTicket ticket = ticket(path[2]);
    ticket.begin();
    try {
      // Looked at again: whoever took it back meanwhile did not yet see it in use.
      if (!ticket.isKnown()) {
        throw ImageFault.forbidden("No such ticket " + path[2]);
      }
      if (path.length == 4) {
        below(exchange, ticket, path[3]);
      } else {
        image(exchange, ticket, method);
      }
    } finally {
      ticket.end();
    }
  }

  private HeldTicket ticket(String id) {
    HeldTicket ticket =
        tickets.find(id).orElseThrow(() -> ImageFault.forbidden("No such ticket " + id));
    OptionalLong limit = faults.limit(Switch.IMAGEIO_403_AFTER);
    if (limit.isPresent() && ticket.movedBytes() >= limit.getAsLong()) {
      faults.strikes(Switch.IMAGEIO_403_AFTER);
      tickets.remove(ticket);
      throw ImageFault.forbidden("No such ticket " + id);
    }
    return ticket;
  }

  private void image(HttpExchange exchange, HeldTicket ticket, String method) throws IOException {
    switch (method) {
      case "OPTIONS" -> options(exchange, ticket.writable().isPresent());
      case "GET" -> get(exchange, ticket);
      case "PUT" -> put(exchange, ticket);
      case "PATCH" -> patch(exchange, ticket);
      default -> throw ImageFault.methodNotAllowed(method);
    }
  }

  private void below(HttpExchange exchange, HeldTicket ticket, String what) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      throw ImageFault.methodNotAllowed(exchange.getRequestMethod());
    }
    if (!what.equals("extents")) {
      throw ImageFault.notFound("The lab does not serve " + what);
    }
    String context = parameter(exchange, "context").orElse("zero");
    String extents =
        switch (context) {
          case "zero" -> ExtentsJson.zero(ticket.image().zeroExtents());
          case "dirty" -> dirtyExtents(ticket);
          default -> throw ImageFault.bad("Invalid context: " + context);
        };
    send(exchange, 200, JSON, extents);
  }

  private String dirtyExtents(HeldTicket ticket) {
    if (ticket.dirty().isEmpty() || faults.strikes(Switch.DIRTY_404)) {
      throw ImageFault.notFound("Ticket does not support dirty extents");
    }
    return ExtentsJson.dirty(ticket.image().dirtyExtents(ticket.dirty().get()));
  }

  private static void options(HttpExchange exchange, boolean writable) throws IOException {
    exchange.getResponseHeaders().set("Allow", writable ? "OPTIONS,GET,PUT,PATCH" : "OPTIONS,GET");
    String features =
        writable
            ? "[\"checksum\", \"extents\", \"flush\", \"zero\"]"
            : "[\"checksum\", \"extents\"]";
    // The lab has no checksum and no unix socket, so it does not promise them.
    String body =
        "{\"features\": "
            + features.replace("\"checksum\", ", "")
            + ", \"max_readers\": "
            + MAX_CONNECTIONS
            + ", \"max_writers\": "
            + MAX_CONNECTIONS
            + "}";
    send(exchange, 200, JSON, body);
  }

  private void get(HttpExchange exchange, HeldTicket ticket) throws IOException {
    long size = ticket.image().sizeBytes();
    Optional<String> header = header(exchange, "Range");
    Range range = header.map(text -> Range.wanted(text, size)).orElse(new Range(0, size));
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    if (header.isPresent()) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + range.start() + "-" + range.last() + "/" + size);
    }
    OptionalLong drop = faults.strikesAfter(Switch.IMAGEIO_DROP_AFTER);
    exchange.sendResponseHeaders(header.isPresent() ? 206 : 200, range.length());
    byte[] buffer = buffers.take();
    try (OutputStream out = exchange.getResponseBody()) {
      long end = Math.min(range.length(), drop.orElse(Long.MAX_VALUE));
      for (long done = 0; done < end; ) {
        int count = (int) Math.min(buffer.length, end - done);
        ticket.image().read(range.start() + done, buffer, 0, count);
        out.write(buffer, 0, count);
        ticket.moved(count);
        done += count;
      }
    } finally {
      buffers.give(buffer);
    }
  }

  private static VirtualDisk writable(HeldTicket ticket) {
    return ticket
        .writable()
        .orElseThrow(
            () -> ImageFault.forbidden("Transfer=" + ticket.transferId() + " forbids write"));
  }

  private void put(HttpExchange exchange, HeldTicket ticket) throws IOException {
    VirtualDisk disk = refusingCloses(exchange, ticket);
    long length =
        header(exchange, "Content-Length")
            .map(Long::parseLong)
            .orElseThrow(() -> ImageFault.bad("Content-Length header is required"));
    long start = header(exchange, "Content-Range").map(Range::contentStart).orElse(0L);
    if (start + length > disk.sizeBytes()) {
      throw ImageFault.outOfRange(disk.sizeBytes());
    }
    OptionalLong drop = faults.strikesAfter(Switch.IMAGEIO_DROP_AFTER);
    byte[] buffer = buffers.take();
    try {
      InputStream in = exchange.getRequestBody();
      for (long done = 0; done < length; ) {
        if (done >= drop.orElse(Long.MAX_VALUE)) {
          return;
        }
        int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, length - done));
        if (count == 0) {
          throw ImageFault.bad("Expected " + length + " bytes, got " + done);
        }
        disk.write(start + done, buffer, 0, count);
        ticket.moved(count);
        done += count;
      }
    } finally {
      buffers.give(buffer);
    }
    if (!parameter(exchange, "flush").equals(Optional.of("n"))) {
      disk.flush();
    }
    exchange.sendResponseHeaders(200, -1);
  }

  /** A refused write is not read to its end: the connection is of no use afterwards. */
  private static VirtualDisk refusingCloses(HttpExchange exchange, HeldTicket ticket) {
    try {
      return writable(ticket);
    } catch (ImageFault fault) {
      exchange.getResponseHeaders().set("Connection", "close");
      throw fault;
    }
  }

  private void patch(HttpExchange exchange, HeldTicket ticket) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    VirtualDisk disk = writable(ticket);
    JsonNode order;
    try {
      order = json.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw ImageFault.bad("Invalid JSON: " + e.getOriginalMessage());
    }
    switch (order.path("op").asText()) {
      case "zero" -> zero(ticket, disk, order);
      case "flush" -> disk.flush();
      default -> throw ImageFault.bad("Unknown operation: " + order.path("op"));
    }
    exchange.sendResponseHeaders(200, -1);
  }

  private static void zero(HeldTicket ticket, VirtualDisk disk, JsonNode order) throws IOException {
    JsonNode size = order.path("size");
    if (!size.canConvertToLong() || size.asLong() <= 0) {
      throw ImageFault.bad("Missing or invalid size");
    }
    long offset = order.path("offset").asLong(0);
    if (offset < 0 || offset + size.asLong() > disk.sizeBytes()) {
      throw ImageFault.outOfRange(disk.sizeBytes());
    }
    disk.zero(offset, size.asLong());
    ticket.moved(0);
    if (order.path("flush").asBoolean(false)) {
      disk.flush();
    }
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private static Optional<String> parameter(HttpExchange exchange, String name) {
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(pair.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(
        status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
    if (!exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
