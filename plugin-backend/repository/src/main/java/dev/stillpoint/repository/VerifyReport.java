package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.RestorePointId;
import java.nio.*;
import java.time.*;
import java.util.*;
import java.util.List;

public record VerifyReport(
    RestorePointId point, long chunksChecked, ByteCount bytesRead, List<String> problems) {
  public boolean ok() {
    return problems.isEmpty();
  }
}
