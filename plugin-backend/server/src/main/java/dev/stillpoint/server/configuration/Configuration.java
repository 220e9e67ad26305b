package dev.stillpoint.server.configuration;

import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's settings; the keys are in {@link ConfigurationLoader}.
 *
 * @param address the loopback address to listen on
 * @param port 0 takes a free one
 * @param data database, keys and token; only the server's account can read it
 * @param reserve claimed for a repository that is made; empty for none
 * @param limits how far a backup run may go
 * @param keyFile the passphrase of an encrypted repository; empty where it is not encrypted
 * @param upkeep how points are kept and space is given back
 */
public record Configuration(
    String address,
    int port,
    Path data,
    Path repository,
    Optional<ByteCount> reserve,
    BackupRunner.Limits limits,
    SiteTimeouts timeouts,
    Optional<Path> keyFile,
    UpkeepSettings upkeep) {}
