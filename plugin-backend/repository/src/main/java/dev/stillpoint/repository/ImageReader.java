package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.nio.*;
import java.nio.ByteBuffer;
import java.time.*;
import java.util.*;
import java.util.List;

public interface ImageReader extends AutoCloseable {
  ByteCount size();

  List<ByteRange> dataRanges();

  void read(long offset, ByteBuffer into);

  @Override
  void close();
}
