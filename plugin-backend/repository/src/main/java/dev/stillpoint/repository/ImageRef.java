package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.RestorePointId;
import java.nio.*;
import java.time.*;
import java.util.*;

public record ImageRef(RestorePointId point, String image) {}
