package dev.stillpoint.hypervisor.lab.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import dev.stillpoint.hypervisor.lab.fleet.Guests;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.hypervisor.lab.model.World;
import dev.stillpoint.hypervisor.lab.rest.Engine;
import dev.stillpoint.hypervisor.lab.rest.HttpCall;
import dev.stillpoint.hypervisor.lab.rest.HttpReply;
import dev.stillpoint.hypervisor.lab.rest.Sessions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Answers {@code /lab}. There is no login: the port is open on the loopback only. */
public final class ControlServer implements HttpHandler {
  private static final String JSON = "application/json";

  private final World world;
  private final Engine engine;
  private final Guests guests;
  private final Sessions sessions;
  private final ObjectMapper mapper = new ObjectMapper();

  public ControlServer(World world, Engine engine, Guests guests, Sessions sessions) {
    this.world = world;
    this.engine = engine;
    this.guests = guests;
    this.sessions = sessions;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HttpCall call = HttpCall.read(exchange, "http");
    HttpReply reply;
    try {
      reply = answer(call);
    } catch (EngineFault e) {
      reply = error(e.status(), "there is no such thing in the lab");
    } catch (IllegalArgumentException e) {
      reply = error(404, e.getMessage());
    } catch (IllegalStateException e) {
      reply = error(409, e.getMessage());
    } catch (JsonProcessingException e) {
      reply = error(400, "the body is not JSON: " + e.getOriginalMessage());
    }
    reply.send(exchange);
  }

  private HttpReply error(int status, String message) {
    return HttpReply.of(
        status, JSON, JsonNodeFactory.instance.objectNode().put("error", message).toString());
  }

  private HttpReply answer(HttpCall call) throws IOException {
    List<String> path =
        Arrays.stream(call.path().split("/")).filter(step -> !step.isEmpty()).toList();
    if (call.method().equals("GET")) {
      return look(path, call);
    }
    // A page of another site can send forms to the loopback, but not this content type.
    if (!call.header("Content-Type").orElse("").startsWith(JSON)) {
      return error(415, "send application/json");
    }
    return change(call.method() + " " + String.join("/", path), path, call);
  }

  private HttpReply look(List<String> path, HttpCall call) throws IOException {
    StateJson state = new StateJson(world, guests);
    if (path.size() == 1) {
      ObjectNode now = world.locked(state::state);
      return HttpReply.of(200, "text/html;charset=UTF-8", new StatePage(now).html());
    }
    if (path.get(1).equals("state")) {
      ObjectNode now = world.locked(state::state);
      if (call.query().getOrDefault("sums", "false").equals("true")) {
        for (JsonNode disk : now.get("disks")) {
          ((ObjectNode) disk).put("sha256", sumNow(disk.get("id").asText()));
        }
      }
      return ok(now);
    }
    if (path.get(1).equals("faults")) {
      return ok(state.faults());
    }
    if (path.size() == 4 && path.get(1).equals("disks") && path.get(3).equals("sha256")) {
      return sum(sumNow(path.get(2)));
    }
    if (path.size() == 6 && path.get(1).equals("backups") && path.get(5).equals("sha256")) {
      return sum(world.sums().await(path.get(2), path.get(4)));
    }
    return error(404, "the lab has no " + call.path());
  }

  private String sumNow(String disk) throws IOException {
    DiskImage content = world.locked(() -> world.disk(disk)).content();
    return content.sha256Now();
  }

  private static HttpReply sum(String sum) {
    return ok(JsonNodeFactory.instance.objectNode().put("sha256", sum));
  }

  private static HttpReply ok(ObjectNode body) {
    return HttpReply.of(200, JSON, body.toString());
  }

  private HttpReply change(String what, List<String> path, HttpCall call) throws IOException {
    JsonNode body = mapper.readTree(call.body().isBlank() ? "{}" : call.body());
    if (what.equals("POST lab/guests")) {
      if (body.path("writing").asBoolean()) {
        guests.resume();
      } else {
        guests.pause();
      }
    } else if (what.equals("PUT lab/faults")) {
      body.fields().forEachRemaining(this::set);
    } else if (what.equals("POST lab/tokens/expire")) {
      sessions.expireAll();
    } else if (what.equals("POST lab/host")) {
      host(body);
    } else if (what.equals("POST lab/cluster")) {
      int minor = body.path("minor").asInt(world.locked(world::clusterMinor));
      world.locked(() -> world.changeClusterMinor(minor));
    } else if (path.size() == 4 && what.startsWith("POST lab/vms/")) {
      return vm(path.get(2), path.get(3), body);
    } else {
      return error(404, "the lab cannot do " + what);
    }
    return look(List.of("lab", "state"), call);
  }

  private void host(JsonNode body) throws IOException {
    if (body.path("reachable").asBoolean()) {
      engine.host().regain(body.path("restarted").asBoolean());
    } else {
      engine.host().lose();
    }
  }

  private HttpReply vm(String vm, String what, JsonNode body) {
    switch (what) {
      case "burst" -> guests.burst(vm, body.path("bytes").asLong(1 << 20));
      case "power" -> guests.power(vm, body.path("up").asBoolean(), engine.vms());
      case "invalidate" -> world.locked(() -> engine.backups().invalidate(world.vm(vm)));
      default -> {
        return error(404, "a VM of the lab cannot " + what);
      }
    }
    return ok(JsonNodeFactory.instance.objectNode().put("done", what));
  }

  /**
   * One switch: true or false, or for those that count bytes their number, or an object with {@code
   * bytes} and {@code hits}.
   */
  private void set(Map.Entry<String, JsonNode> field) {
    Switch fault =
        Switch.of(field.getKey())
            .orElseThrow(
                () -> new IllegalArgumentException("the lab has no fault " + field.getKey()));
    JsonNode value = field.getValue();
    if (value.isObject()) {
      int hits = value.path("hits").asInt(1);
      world.faults().turnOnAfter(fault, value.path("bytes").asLong(), hits);
    } else if (value.isNumber()) {
      world.faults().turnOnAfter(fault, value.asLong(), 1);
    } else if (value.asBoolean()) {
      world.faults().turnOn(fault);
    } else {
      world.faults().turnOff(fault);
    }
  }
}
