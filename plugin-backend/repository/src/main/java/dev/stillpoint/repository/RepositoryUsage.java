package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.ByteCount;
import java.nio.*;
import java.time.*;
import java.util.*;

public record RepositoryUsage(ByteCount packs, ByteCount freeOnDisk, int points) {}
