package dev.stillpoint.server.configuration;

import dev.stillpoint.hypervisor.SiteTimeouts;
import java.nio.file.Path;

/**
 * The server's settings; the keys are in {@link ConfigurationLoader}.
 *
 * @param address the loopback address to listen on
 * @param port 0 takes a free one
 * @param data database, keys and token; only the server's account can read it
 * @param readers VMs read at one time
 */
public record Configuration(
    String address, int port, Path data, Path repository, int readers, SiteTimeouts timeouts) {}
