package dev.stillpoint.hypervisor.lab.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything below /ovirt-engine/webadmin/. Safe for use by many threads. */
public final class PortalPages implements HttpHandler {
  /** Where the pages are. */
  public static final String PATH = "/ovirt-engine/webadmin/";

  private static final String PLUGIN = "plugin/";
  private static final String NO_PLUGINS = "[]</script>";

  private static final Set<String> PARTS =
      Set.of(
          "index.html",
          "portal.css",
          "portal.js",
          "dom.js",
          "engine.js",
          "menu.js",
          "messages.js",
          "places.js",
          "plugins.js",
          "vms.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png");

  private final UiPlugins plugins;

  public PortalPages(PortalConfig config) {
    this.plugins = new UiPlugins(config.uiPlugins(), config.uiPluginsConfig());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-FRAME-OPTIONS", "SAMEORIGIN");
      headers.set("X-CONTENT-TYPE-OPTIONS", "NOSNIFF");
      headers.set("X-XSS-PROTECTION", "1; MODE=BLOCK");
      headers.set("Cache-Control", "no-cache");
      String path = exchange.getRequestURI().getPath().substring(PATH.length());
      String name = path.isEmpty() ? "index.html" : path;
      Optional<byte[]> content = name.startsWith(PLUGIN) ? resource(name) : part(name);
      if (content.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      headers.set("Content-Type", type(name));
      exchange.sendResponseHeaders(200, content.get().length == 0 ? -1 : content.get().length);
      exchange.getResponseBody().write(content.get());
    }
  }

  private static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private Optional<byte[]> resource(String name) throws IOException {
    String[] steps = name.substring(PLUGIN.length()).split("/", 2);
    if (steps.length < 2) {
      return Optional.empty();
    }
    Optional<Path> file = plugins.resource(steps[0], steps[1]);
    return file.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(file.get()));
  }

  private Optional<byte[]> part(String name) throws IOException {
    if (!PARTS.contains(name)) {
      return Optional.empty();
    }
    try (InputStream in = PortalPages.class.getResourceAsStream(name)) {
      byte[] content = in.readAllBytes();
      return Optional.of(name.equals("index.html") ? withPlugins(content) : content);
    }
  }

  /** The engine too embeds what it knows of plug-ins in its page. */
  private byte[] withPlugins(byte[] page) throws IOException {
    String definitions = plugins.definitions().toString().replace("<", "\\u003c");
    return new String(page, UTF_8).replace(NO_PLUGINS, definitions + "</script>").getBytes(UTF_8);
  }
}
