package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.doc.Json;
import dev.stillpoint.hypervisor.lab.doc.Xml;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.World;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a call and turns the answer into what goes over the wire. */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final String XML_TYPE = "application/xml;charset=UTF-8";
  private static final String JSON_TYPE = "application/json";
  private static final String HTML_TYPE = "text/html;charset=UTF-8";

  private final World world;
  private final Routes routes;
  private final Json json = new Json();

  Dispatcher(World world, Routes routes) {
    this.world = world;
    this.routes = routes;
  }

  /** Answers a request of somebody who is logged in. */
  HttpReply answer(HttpCall http, Account account) {
    List<String> path = steps(http.path());
    Optional<Routes.Found> found = routes.find(http.method(), path);
    if (found.isEmpty()) {
      return routes.knows(path) ? HttpReply.empty(405) : unknownPath(http);
    }
    boolean hasBody = !http.body().isBlank();
    String contentType = http.header("Content-Type").orElse("application/xml");
    if (hasBody && !contentType.contains("xml") && !contentType.contains("json")) {
      return HttpReply.empty(415);
    }
    Answer answer;
    try {
      Element body = hasBody ? body(http, path, contentType) : Element.object("action");
      Call call = new Call(found.get().ids(), parameters(http), body, account);
      answer = world.locked(() -> found.get().handler().answer(call));
    } catch (EngineFault fault) {
      answer = isAction(http.method(), path) ? Answer.actionFault(fault) : Answer.fault(fault);
    } catch (RuntimeException e) {
      LOG.error("the lab failed at {} {}", http.method(), http.path(), e);
      answer = Answer.fault(EngineFault.missing("The lab failed: " + e));
    }
    return reply(http, answer);
  }

  private static List<String> steps(String path) {
    String below = path.substring(Hrefs.API.length());
    List<String> steps = Arrays.stream(below.split("/")).filter(step -> !step.isEmpty()).toList();
    boolean versioned = !steps.isEmpty() && steps.get(0).equals("v4");
    return versioned ? steps.subList(1, steps.size()) : steps;
  }

  private static HttpReply unknownPath(HttpCall http) {
    String full = http.base() + "/ovirt-engine/api/v4" + http.path().substring(Hrefs.API.length());
    return HttpReply.of(
        404, HTML_TYPE, "RESTEASY003210: Could not find resource for full path: " + full);
  }

  private Element body(HttpCall http, List<String> path, String contentType) {
    String usage =
        "For correct usage, see: "
            + http.base()
            + "/ovirt-engine/apidoc#services/"
            + path.get(path.size() - 1)
            + "/methods/add";
    try {
      Element body =
          contentType.contains("json")
              ? json.read(rootOf(path), http.body())
              : Xml.read(http.body());
      Schema.check(body, usage);
      return body;
    } catch (IOException e) {
      throw EngineFault.syntax(usage);
    }
  }

  /** JSON does not say what it describes; the address does. */
  private static String rootOf(List<String> path) {
    return switch (path.get(path.size() - 1)) {
      case "disks" -> "disk";
      case "vms" -> "vm";
      case "nics" -> "nic";
      case "diskattachments" -> "disk_attachment";
      case "backups" -> "backup";
      case "imagetransfers" -> "image_transfer";
      default -> "body";
    };
  }

  private static Map<String, String> parameters(HttpCall http) {
    Map<String, String> parameters = new HashMap<>();
    http.header("All-Content").ifPresent(value -> parameters.put("all_content", value));
    http.header("filter").ifPresent(value -> parameters.put("filter", value));
    parameters.putAll(http.query());
    return parameters;
  }

  /** Refused actions are wrapped; a backup's finalize is the exception. */
  private static boolean isAction(String method, List<String> path) {
    boolean belowThing = path.size() >= 3 && path.size() % 2 == 1;
    String last = path.isEmpty() ? "" : path.get(path.size() - 1);
    boolean collection =
        List.of("nics", "diskattachments", "backups", "snapshots", "checkpoints").contains(last);
    return method.equals("POST") && belowThing && !collection && !path.contains("backups");
  }

  private HttpReply reply(HttpCall http, Answer answer) {
    if (answer.body().isEmpty()) {
      return HttpReply.empty(answer.status());
    }
    Element body = answer.body().get();
    boolean wantsJson = http.header("Accept").filter(type -> type.contains("json")).isPresent();
    HttpReply reply =
        wantsJson
            ? HttpReply.of(answer.status(), JSON_TYPE, json.write(body))
            : HttpReply.of(answer.status(), XML_TYPE, Xml.write(body));
    String href = body.attributes().get("href");
    // The engine's Location repeats the path below the versioned one; clients must not rely on it.
    return answer.status() == 201 && href != null
        ? reply.with("Location", http.base() + "/ovirt-engine/api/v4" + href)
        : reply;
  }
}
