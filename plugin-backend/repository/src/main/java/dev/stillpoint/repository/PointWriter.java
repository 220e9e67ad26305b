package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.ByteCount;
import java.nio.*;
import java.time.*;
import java.util.*;
import java.util.Map;

public interface PointWriter extends AutoCloseable {
  ImageWriter startImage(String n, ByteCount s);

  ImageWriter startImage(String n, ByteCount s, ImageRef b);

  Manifest commit(Map<String, String> l, String d);

  @Override
  void close();
}
