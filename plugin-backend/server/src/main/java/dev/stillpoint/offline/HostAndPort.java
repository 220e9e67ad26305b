package dev.stillpoint.offline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address to listen on as people type it: {@code 127.0.0.1:10809}, {@code [::1]:0}. */
final class HostAndPort {

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:]+):([0-9]{1,5})");
  private static final int MOST_PORTS = 65_535;

  private HostAndPort() {}

  /**
   * @throws StillpointException BAD_REQUEST for what is no address or has no host that is known
   */
  static InetSocketAddress parse(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches() || Integer.parseInt(address.group(2)) > MOST_PORTS) {
      throw refused("'" + text + "' is not HOST:PORT");
    }
    String host = address.group(1).replaceAll("[\\[\\]]", "");
    InetSocketAddress parsed = new InetSocketAddress(host, Integer.parseInt(address.group(2)));
    if (parsed.isUnresolved()) {
      throw refused("There is no host " + host);
    }
    return parsed;
  }

  static String inUrl(InetAddress address) {
    String host = address.getHostAddress().replaceFirst("%.*", "");
    return address instanceof Inet6Address ? "[" + host + "]" : host;
  }

  private static StillpointException refused(String why) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST, why, "Write it like 127.0.0.1:10809 or [::1]:10809.");
  }
}
