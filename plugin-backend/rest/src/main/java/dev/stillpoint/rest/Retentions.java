package dev.stillpoint.rest;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.dto.RetentionDto;
import dev.stillpoint.retention.Gfs;
import dev.stillpoint.retention.KeepTime;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RunKind;
import java.time.DateTimeException;
import java.time.Period;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/** Reads how long points shall be kept, as callers send it. */
final class Retentions {

  private Retentions() {}

  /**
   * @throws StillpointException BAD_REQUEST naming what cannot be
   */
  static Retention read(RetentionDto sent) {
    Map<RunKind, Period> keep = new EnumMap<>(RunKind.class);
    sent.keep()
        .orElse(Map.of())
        .forEach(
            (kind, time) ->
                keep.put(RunKind.parse(kind), KeepTime.parse(Require.present(time, kind))));
    return new Retention(
        keep,
        sent.keepLast().orElse(0),
        sent.gfs()
            .map(gfs -> new Gfs(gfs.daily(), gfs.weekly(), gfs.monthly(), gfs.yearly()))
            .orElse(Gfs.NONE),
        zone(sent.zone().orElse("UTC")));
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "There is no time zone '" + name + "'",
          "Write it like Europe/Vienna or UTC.",
          e);
    }
  }
}
