package dev.stillpoint.hypervisor.lab.model;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;

/** The ids of what every lab has, and how ids are made. */
public final class Ids {
  /** The Blank template, the root tag, the CD drive. */
  public static final String NONE = "00000000-0000-0000-0000-000000000000";

  public static final String DATA_CENTER = named("data center");
  public static final String CLUSTER = named("cluster");
  public static final String HOST = named("host");
  public static final String ENGINE = named("engine");
  public static final String QUOTA = named("quota");
  public static final String DISK_PROFILE = named("disk profile");
  public static final String CPU_PROFILE = named("cpu profile");

  private final Supplier<UUID> source;

  Ids(Supplier<UUID> source) {
    this.source = source;
  }

  /** A new id. */
  public String next() {
    return source.get().toString();
  }

  /** The same id for the same name, so that a lab that is started again is the same lab. */
  public static String named(String name) {
    return UUID.nameUUIDFromBytes(("stillpoint lab " + name).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
