package dev.stillpoint.hypervisor.ovirt.imageio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.apache.http.entity.AbstractHttpEntity;

/** A buffer's remaining bytes as the body of a request; may be sent several times. */
final class BufferEntity extends AbstractHttpEntity {

  private final ByteBuffer data;

  BufferEntity(ByteBuffer data) {
    this.data = data.duplicate();
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public long getContentLength() {
    return data.remaining();
  }

  @Override
  public InputStream getContent() {
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    return new ByteArrayInputStream(copy);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (data.hasArray()) {
      out.write(data.array(), data.arrayOffset() + data.position(), data.remaining());
    } else {
      Channels.newChannel(out).write(data.duplicate());
    }
  }

  @Override
  public boolean isStreaming() {
    return false;
  }
}
