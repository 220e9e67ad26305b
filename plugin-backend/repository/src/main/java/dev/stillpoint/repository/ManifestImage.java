package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.ByteCount;
import java.nio.*;
import java.time.*;
import java.util.*;

public record ManifestImage(
    String name, ByteCount size, ByteCount dataBytes, ByteCount storedBytes, String rootHash) {}
