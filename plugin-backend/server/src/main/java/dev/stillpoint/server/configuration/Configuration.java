package dev.stillpoint.server.configuration;

import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.server.log.LogFormat;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's settings; the keys are in {@link ConfigurationLoader}.
 *
 * @param address the loopback address to listen on
 * @param port 0 takes a free one
 * @param data database, keys and token; only the server's account can read it
 * @param database a PostgreSQL server; empty for a file in the data directory
 * @param reserve claimed for a repository that is made; empty for none
 * @param limits how far a backup run may go
 * @param notices who is told of runs
 * @param slotCapacity so many policies may start in one hour
 * @param keyFile the passphrase of an encrypted repository; empty where it is not encrypted
 * @param upkeep how points are kept and space is given back
 * @param logFormat what the log is written for
 */
public record Configuration(
    String address,
    int port,
    Path data,
    Optional<PostgresAddress> database,
    Path repository,
    Optional<ByteCount> reserve,
    BackupRunner.Limits limits,
    SiteTimeouts timeouts,
    NoticeSettings notices,
    QueueSettings queue,
    int slotCapacity,
    Optional<Path> keyFile,
    UpkeepSettings upkeep,
    LogFormat logFormat) {}
