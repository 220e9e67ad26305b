package dev.stillpoint.hypervisor.lab.portal;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the portal's page and the web server before it are set up.
 *
 * @param uiPlugins the folder of the plug-ins' descriptors and resources; it need not exist
 * @param uiPluginsConfig the folder of the administrator's changes; it need not exist
 * @param proxies what is passed on: the beginning of the path, with a slash at both ends, and where
 *     it goes, with a slash at the end
 */
public record PortalConfig(Path uiPlugins, Path uiPluginsConfig, Map<String, URI> proxies) {
  public PortalConfig {
    requireNonNull(uiPlugins, "uiPlugins");
    requireNonNull(uiPluginsConfig, "uiPluginsConfig");
    proxies = Map.copyOf(proxies);
    for (Map.Entry<String, URI> proxy : proxies.entrySet()) {
      String path = proxy.getKey();
      if (!path.startsWith("/") || !path.endsWith("/") || path.length() < 3) {
        throw new IllegalArgumentException(
            "the path " + path + " to pass on must begin and end with a slash");
      }
      if (!proxy.getValue().isAbsolute() || !proxy.getValue().toString().endsWith("/")) {
        throw new IllegalArgumentException(
            "the address " + proxy.getValue() + " to pass on to must end with a slash");
      }
    }
  }

  /** A portal without plug-ins, with the folders of a fresh engine below a directory. */
  public static PortalConfig below(Path directory) {
    return new PortalConfig(
        directory.resolve("usr/share/ovirt-engine/ui-plugins"),
        directory.resolve("etc/ovirt-engine/ui-plugins"),
        Map.of());
  }

  public PortalConfig withProxies(Map<String, URI> newProxies) {
    return new PortalConfig(uiPlugins, uiPluginsConfig, newProxies);
  }
}
