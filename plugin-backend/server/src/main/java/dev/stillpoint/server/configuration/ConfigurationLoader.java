package dev.stillpoint.server.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.backup.Sampling;
import dev.stillpoint.group.Collective;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import dev.stillpoint.group.ReaderLimits;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.job.RetryRule;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.retention.KeepTime;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.server.log.LogFormat;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.upkeep.CollectSettings;
import dev.stillpoint.upkeep.DayWindow;
import dev.stillpoint.upkeep.HistorySettings;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the configuration file: lines of {@code key = value}, UTF-8, {@code #} for comments.
 *
 * <p>Relative paths count from the file's folder. A key that is not known stops the start: a
 * misspelt one would otherwise be ignored for ever.
 */
public final class ConfigurationLoader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  private final Path file;
  private final Properties values = new Properties();
  private final List<String> problems = new ArrayList<>();

  private ConfigurationLoader(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * @throws ConfigurationException with every problem of the file
   */
  public static Configuration load(Path file) {
    return new ConfigurationLoader(file).load();
  }

  private Configuration load() {
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(file, List.of("It cannot be read: " + e.getMessage()));
    }
    // Only the manager's own web server, on this machine, is meant to reach us.
    String address = loopback("http.address", "127.0.0.1");
    int port = number("http.port", 8470, 0, 65_535);
    Path data = path("data.directory", "data");
    Optional<PostgresAddress> database = database();
    Path repository = path("repository.directory", data.resolve("repository").toString());
    // Claimed when the repository is made; later it is resized by command.
    Optional<ByteCount> reserve = reserve("repository.reserve", "20GiB");
    BackupRunner.Limits limits = limits();
    SiteTimeouts timeouts = timeouts();
    NoticeSettings notices = new NoticeKeys(this).read();
    QueueSettings queue = queue();
    // A guess at what one reader gets through in an hour, with small increments.
    int capacity = number("slots.capacity", 20, 1, 10_000);
    Optional<Path> keyFile = optionalPath("repository.key-file");
    UpkeepSettings upkeep = upkeep();
    // Text is for people who look at a terminal; collectors of logs want JSON.
    LogFormat logFormat = choice("log.format", LogFormat.TEXT, LogFormat::parse);
    for (Object unknown : new TreeSet<>(values.keySet())) {
      problems.add("Unknown key: " + unknown);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(file, problems);
    }
    return new Configuration(
        address,
        port,
        data,
        database,
        repository,
        reserve,
        limits,
        timeouts,
        notices,
        queue,
        capacity,
        keyFile,
        upkeep,
        logFormat);
  }

  private UpkeepSettings upkeep() {
    // By default a point's time is fixed: whoever pays for it, or must delete it, can rely on it.
    boolean holds = yesOrNo("retention.holds-allowed", false);
    Optional<Period> withoutPolicy =
        parsed(
            "retention.without-policy",
            "forever",
            text -> text.equals("forever") ? Optional.empty() : keepTime(text));
    // A manager that shows an account less for a while must not cost a VM its last point.
    Duration goneAfter = duration("retention.vm-gone-after", "168h", "1h", "8760h");
    int threshold = number("collect.threshold-percent", 5, 0, 100);
    Duration longest = duration("collect.at-least-every", "168h", "1h", "8760h");
    DayWindow window = parsed("collect.window", "any", DayWindow::parse);
    return new UpkeepSettings(
        holds,
        withoutPolicy,
        goneAfter,
        new CollectSettings(threshold, longest, window),
        new HistorySettings(history("history.keep-runs"), history("history.keep-audit")));
  }

  /** A year and some weeks to look back at it; whoever must keep more says so. */
  private Optional<Period> history(String key) {
    return parsed(
        key, "400d", text -> text.equals("0") ? Optional.empty() : Optional.of(someTime(text)));
  }

  private static Period someTime(String text) {
    return Retention.checked(RunKind.MANUAL, KeepTime.parse(text));
  }

  private static Optional<Period> keepTime(String text) {
    return Optional.of(someTime(text));
  }

  private boolean yesOrNo(String key, boolean defaultValue) {
    String value = take(key, String.valueOf(defaultValue));
    if (!value.equals("true") && !value.equals("false")) {
      problems.add(key + ": must be true or false: " + value);
    }
    return value.equals("true");
  }

  private <T> T parsed(String key, String defaultValue, Function<String, T> parser) {
    String value = take(key, defaultValue);
    try {
      return parser.apply(value);
    } catch (StillpointException e) {
      problems.add(key + ": " + e.getMessage() + ". " + e.remedy());
      return parser.apply(defaultValue);
    }
  }

  private BackupRunner.Limits limits() {
    // Each reader holds a snapshot and, for each connection, 4 MiB of memory.
    int readers = number("backup.readers", 2, 1, GroupSettings.MAX_READERS);
    // 0: all VMs of a run share one snapshot time, whatever their number.
    int batch = number("backup.batch-size", 0, 0, GroupSettings.MAX_BATCH);
    GroupRules group =
        new GroupRules(
            choice("backup.order", LoadOrder.HIGHEST_LOAD, LoadOrder::parse),
            choice("backup.order-by", OrderBy.VM, OrderBy::parse),
            choice("backup.order-collective", Collective.SUM, Collective::parse),
            batch,
            readers,
            // 0: as many as there are readers.
            new ReaderLimits(
                number("limits.readers-per-host", 0, 0, GroupSettings.MAX_READERS),
                number("limits.readers-per-storage", 0, 0, GroupSettings.MAX_READERS),
                number("limits.readers-per-site", 0, 0, GroupSettings.MAX_READERS)));
    // Some dozen requests for each disk: little beside its snapshot.
    Sampling sampling =
        new Sampling(
            number("backup.sample-percent", 1, 0, 100), size("backup.sample-limit", "16MiB"));
    // A snapshot takes what guests write while it is read: so much of the disks must be free.
    int room = number("backup.snapshot-room-percent", 20, 0, 100);
    return new BackupRunner.Limits(group, room, sampling);
  }

  private SiteTimeouts timeouts() {
    return new SiteTimeouts(
        duration("hypervisor.connect-timeout", "5s", "100ms", "5m"),
        // oVirt's own slowest plain answer is a refused login, after five seconds.
        duration("hypervisor.answer-timeout", "60s", "1s", "1h"),
        // Merging the snapshot of a large disk takes minutes.
        duration("hypervisor.operation-timeout", "30m", "1s", "24h"),
        duration("hypervisor.poll-interval", "2s", "10ms", "1m"));
  }

  private QueueSettings queue() {
    return new QueueSettings(
        // More than one share the manager's and the disks' speed, and what they disturb.
        number("queue.parallel-runs", 1, 1, 16),
        new RetryRule(
            number("queue.retries", 3, 0, 10),
            // Before the first; three times as long before each that follows.
            duration("queue.retry-after", "5m", "1s", "24h")));
  }

  String take(String key, String defaultValue) {
    Object value = values.remove(key);
    return value == null ? defaultValue : value.toString().strip();
  }

  void problem(String sentence) {
    problems.add(sentence);
  }

  Optional<Path> optionalPath(String key) {
    return values.containsKey(key) ? Optional.of(path(key, "")) : Optional.empty();
  }

  private Path path(String key, String defaultValue) {
    return file.resolveSibling(take(key, defaultValue)).normalize();
  }

  /** A large site has a PostgreSQL server; everybody else a file, and none of these keys. */
  private Optional<PostgresAddress> database() {
    String url = take("database.url", "");
    String user = take("database.user", "stillpoint");
    String passwordFile = take("database.password-file", "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PostgresAddress(
              url,
              user,
              Optional.of(passwordFile)
                  .filter(name -> !name.isEmpty())
                  .map(name -> file.resolveSibling(name).normalize())));
    } catch (StillpointException e) {
      problems.add("database.url: " + e.getMessage() + ". " + e.remedy());
      return Optional.empty();
    }
  }

  private String loopback(String key, String defaultValue) {
    String value = take(key, defaultValue);
    try {
      if (InetAddress.getByName(value).isLoopbackAddress()) {
        return value;
      }
      problems.add(key + ": must be a loopback address, such as 127.0.0.1: " + value);
    } catch (UnknownHostException e) {
      problems.add(key + ": not an address: " + value);
    }
    return defaultValue;
  }

  private int number(String key, int defaultValue, int min, int max) {
    String value = take(key, Integer.toString(defaultValue));
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // Reported below, like a number out of range.
    }
    problems.add("%s: must be a number from %d to %d: %s".formatted(key, min, max, value));
    return defaultValue;
  }

  private Optional<ByteCount> reserve(String key, String defaultValue) {
    String value = take(key, defaultValue);
    try {
      return Optional.of(ByteCount.parse(value)).filter(size -> size.bytes() > 0);
    } catch (StillpointException e) {
      problems.add(key + ": must be 0 for none, or a size written like 500MiB or 20GiB: " + value);
      return Optional.empty();
    }
  }

  private ByteCount size(String key, String defaultValue) {
    String value = take(key, defaultValue);
    try {
      return ByteCount.parse(value);
    } catch (StillpointException e) {
      problems.add(key + ": must be a size written like 500MiB or 20GiB: " + value);
      return ByteCount.parse(defaultValue);
    }
  }

  private <T> T choice(String key, T defaultValue, Function<String, T> parse) {
    String value = take(key, "");
    if (value.isEmpty()) {
      return defaultValue;
    }
    try {
      return parse.apply(value);
    } catch (StillpointException e) {
      problems.add(key + ": cannot be " + value + ". " + e.remedy());
      return defaultValue;
    }
  }

  private Duration duration(String key, String defaultValue, String min, String max) {
    String value = take(key, defaultValue);
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      Duration duration = parse(matcher);
      if (duration.compareTo(parse(min)) >= 0 && duration.compareTo(parse(max)) <= 0) {
        return duration;
      }
    }
    problems.add(
        "%s: must be a time from %s to %s, written like 500ms, 5s, 30m or 2h: %s"
            .formatted(key, min, max, value));
    return parse(defaultValue);
  }

  private static Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a duration: " + text);
    }
    return parse(matcher);
  }

  private static Duration parse(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
