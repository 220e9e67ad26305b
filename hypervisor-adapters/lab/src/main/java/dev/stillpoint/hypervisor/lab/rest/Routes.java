package dev.stillpoint.hypervisor.lab.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which code answers which path. In a path {@code {}} stands for an id. */
final class Routes {
  /** Answers a call. */
  interface Handler {
    Answer answer(Call call);
  }

  private record Route(String method, List<String> steps, Handler handler) {
    boolean fits(List<String> path) {
      if (path.size() != steps.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!steps.get(i).equals("{}") && !steps.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    List<String> ids(List<String> path) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < path.size(); i++) {
        if (steps.get(i).equals("{}")) {
          ids.add(path.get(i));
        }
      }
      return ids;
    }
  }

  /** A route that was found, and the ids in its path. */
  record Found(Handler handler, List<String> ids) {}

  private final List<Route> routes = new ArrayList<>();

  void add(String method, String path, Handler handler) {
    List<String> steps = path.isEmpty() ? List.of() : List.of(path.split("/"));
    routes.add(new Route(method, steps, handler));
  }

  Optional<Found> find(String method, List<String> path) {
    return routes.stream()
        .filter(route -> route.method().equals(method) && route.fits(path))
        .findFirst()
        .map(route -> new Found(route.handler(), route.ids(path)));
  }

  boolean knows(List<String> path) {
    return routes.stream().anyMatch(route -> route.fits(path));
  }
}
