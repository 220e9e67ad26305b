package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.RestorePointId;
import java.nio.*;
import java.time.*;
import java.time.Instant;
import java.util.*;
import java.util.List;
import java.util.Map;

public record Manifest(
    RestorePointId id,
    Instant created,
    List<ManifestImage> images,
    Map<String, String> labels,
    String document) {}
