package dev.stillpoint.hypervisor.ovirt.imageio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Peer;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpStatus;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpOptions;
import org.apache.http.client.methods.HttpPatch;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;

/** An open ticket: one image, readable or writable, until closed. Thread-safe. */
public final class ImageioTicket implements AutoCloseable {

  /** The usual best number; more only fight for the same storage. */
  private static final int MOST_PARALLEL = 4;

  private static final String FLUSH = "{\"op\": \"flush\"}";

  private static final int NO_SUCH_CONTEXT = HttpStatus.SC_NOT_FOUND;

  private final ImageioHttp http;
  private final URI url;
  private final String image;
  private final long sizeBytes;
  private final int parallel;

  private ImageioTicket(ImageioHttp http, URI url, String image, long sizeBytes, int parallel) {
    this.http = http;
    this.url = url;
    this.image = image;
    this.sizeBytes = sizeBytes;
    this.parallel = parallel;
  }

  /**
   * Opens a ticket at the host, or through the engine's proxy when the host cannot be reached.
   *
   * @param proxyUrl empty: there is none
   * @param image its name in messages: {@code disk web01_Disk1 of VM web01}
   * @throws StillpointException HYPERVISOR_UNAVAILABLE, HYPERVISOR_REFUSED
   */
  public static ImageioTicket open(
      String hostUrl,
      String proxyUrl,
      String image,
      long sizeBytes,
      SSLContext trust,
      SiteTimeouts timeouts) {
    try {
      return open(URI.create(hostUrl), image, sizeBytes, trust, timeouts);
    } catch (StillpointException e) {
      if (proxyUrl.isEmpty() || !isUnreachable(e.getCause())) {
        throw e;
      }
      return open(URI.create(proxyUrl), image, sizeBytes, trust, timeouts);
    }
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof ConnectTimeoutException
        || cause instanceof UnknownHostException;
  }

  private static ImageioTicket open(
      URI url, String image, long sizeBytes, SSLContext trust, SiteTimeouts timeouts) {
    Peer peer =
        new Peer(
            "the imageio service at " + url.getHost() + ":" + url.getPort(), timeouts.answer());
    ImageioHttp http = new ImageioHttp(peer, trust, timeouts, MOST_PARALLEL + 1);
    boolean opened = false;
    try {
      int most = http.call("Opening " + image, new HttpOptions(url), ImageioTicket::connections);
      opened = true;
      return new ImageioTicket(
          http, url, image, sizeBytes, Math.max(1, Math.min(MOST_PARALLEL, most - 1)));
    } finally {
      if (!opened) {
        http.close();
      }
    }
  }

  /** One connection too many is not refused by imageio: it hangs. */
  private static int connections(CloseableHttpResponse response) throws IOException {
    int least = Integer.MAX_VALUE;
    try (JsonParser parser = new JsonFactory().createParser(response.getEntity().getContent())) {
      while (parser.nextToken() != null) {
        boolean limit =
            parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && List.of("max_readers", "max_writers").contains(parser.currentName());
        if (limit) {
          least = Math.min(least, parser.getIntValue());
        }
      }
    }
    return least == Integer.MAX_VALUE ? 2 : least;
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** How many reads or writes may run at a time. */
  public int parallel() {
    return parallel;
  }

  /**
   * The whole image by what changed.
   *
   * @return empty when imageio cannot tell, or tells what cannot be
   */
  public Optional<List<Extent>> changedExtents() {
    return extents("dirty", true);
  }

  /** The whole image by what is zero. */
  public List<Extent> zeroExtents() {
    return extents("zero", false)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.HYPERVISOR_REFUSED,
                    "The imageio service told nothing usable of where " + image + " holds data",
                    "Check that ovirt-imageio on the hosts is not older than 2.0"));
  }

  private Optional<List<Extent>> extents(String context, boolean incremental) {
    HttpGet request = new HttpGet(URI.create(url + "/extents?context=" + context));
    return http.call(
        "Asking what " + image + " holds",
        request,
        response -> {
          if (response.getStatusLine().getStatusCode() == NO_SUCH_CONTEXT) {
            return Optional.empty();
          }
          try (InputStream list = response.getEntity().getContent()) {
            return Optional.of(ExtentParser.parse(list, incremental, sizeBytes));
          } catch (MalformedExtentsException e) {
            return Optional.empty();
          }
        },
        NO_SUCH_CONTEXT);
  }

  /** Fills the buffer. A read that breaks off is repeated a few times. */
  public void read(long offset, ByteBuffer into) {
    requireInside(offset, into.remaining());
    if (!into.hasRemaining()) {
      return;
    }
    HttpGet request = new HttpGet(url);
    request.setHeader(
        HttpHeaders.RANGE,
        String.format(Locale.ROOT, "bytes=%d-%d", offset, offset + into.remaining() - 1));
    int start = into.position();
    http.repeat(
        "Reading " + image,
        request,
        response -> {
          into.position(start);
          fill(response, into);
          return true;
        });
  }

  private void fill(CloseableHttpResponse response, ByteBuffer into) throws IOException {
    if (response.getStatusLine().getStatusCode() != HttpStatus.SC_PARTIAL_CONTENT
        && into.remaining() != sizeBytes) {
      throw new IOException("The answer is not the range that was asked for");
    }
    try (InputStream body = response.getEntity().getContent();
        ReadableByteChannel channel = Channels.newChannel(body)) {
      while (into.hasRemaining()) {
        int got = into.hasArray() ? readArray(body, into) : channel.read(into);
        if (got < 0) {
          throw new IOException("The answer ended " + into.remaining() + " bytes too early");
        }
      }
    }
  }

  private static int readArray(InputStream body, ByteBuffer into) throws IOException {
    int got = body.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
    if (got > 0) {
      into.position(into.position() + got);
    }
    return got;
  }

  /** Writes the buffer's remaining bytes; durable only after {@link #flush}. */
  public void write(long offset, ByteBuffer data) {
    requireInside(offset, data.remaining());
    if (!data.hasRemaining()) {
      return;
    }
    HttpPut request = new HttpPut(URI.create(url + "?flush=n"));
    long last = offset + data.remaining() - 1;
    request.setHeader("Content-Range", String.format(Locale.ROOT, "bytes %d-%d/*", offset, last));
    request.setEntity(new BufferEntity(data));
    String doing = "Writing " + image;
    try {
      http.repeat(doing, request, response -> true);
    } catch (StillpointException e) {
      throw reasonOf(e, doing);
    }
    data.position(data.limit());
  }

  /**
   * imageio refuses a write without reading its body, and closes: of its answer nothing may arrive
   * here. A request without much of a body hears it.
   */
  private StillpointException reasonOf(StillpointException failure, String doing) {
    if (failure.kind() == ErrorKind.HYPERVISOR_REFUSED
        || failure.getCause() instanceof InterruptedIOException) {
      return failure;
    }
    try {
      http.call(doing, patchRequest(FLUSH), response -> true);
      return failure;
    } catch (StillpointException heard) {
      return heard.kind() == ErrorKind.HYPERVISOR_REFUSED ? heard : failure;
    }
  }

  public void zero(ByteRange range) {
    requireInside(range.start(), range.length());
    patch(
        "Zeroing a part of " + image,
        String.format(
            Locale.ROOT,
            "{\"op\": \"zero\", \"offset\": %d, \"size\": %d, \"flush\": false}",
            range.start(),
            range.length()));
  }

  /** Makes all that was written durable. */
  public void flush() {
    patch("Flushing " + image, FLUSH);
  }

  private void patch(String doing, String operation) {
    HttpRequestBase request = patchRequest(operation);
    http.repeat(doing, request, response -> true);
  }

  private HttpPatch patchRequest(String operation) {
    HttpPatch request = new HttpPatch(url);
    request.setEntity(
        new StringEntity(
            operation,
            ContentType.create(
                ContentType.APPLICATION_JSON.getMimeType(), StandardCharsets.UTF_8)));
    return request;
  }

  private void requireInside(long offset, long length) {
    if (offset < 0 || length > sizeBytes - offset) {
      throw new IllegalArgumentException(
          offset + "+" + length + " is not within " + image + " of " + sizeBytes + " bytes");
    }
  }

  /** Closes the connections; the engine cannot end a transfer before. Idempotent. */
  @Override
  public void close() {
    http.close();
  }
}
