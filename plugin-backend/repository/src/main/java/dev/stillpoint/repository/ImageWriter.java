package dev.stillpoint.repository;

import dev.stillpoint.model.*;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.nio.*;
import java.nio.ByteBuffer;
import java.time.*;
import java.util.*;

public interface ImageWriter extends AutoCloseable {
  void write(long o, ByteBuffer d);

  void zero(ByteRange r);

  ByteCount bytesStored();

  void finish();

  @Override
  void close();
}
