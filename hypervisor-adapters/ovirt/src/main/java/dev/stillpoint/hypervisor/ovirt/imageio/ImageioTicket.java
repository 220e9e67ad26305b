package dev.stillpoint.hypervisor.ovirt.imageio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.stillpoint.hypervisor.ContentSum;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Peer;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;

/** An open ticket: one image, readable or writable, until closed. Thread-safe. */
public final class ImageioTicket implements AutoCloseable {

  /** The usual best number; more only fight for the same storage. */
  private static final int MOST_PARALLEL = 4;

  /** Storage that reads more slowly than this while nobody waits for data is taken for dead. */
  private static final long SLOWEST_SUM_BYTES_PER_SECOND = 16 << 20;

  private static final String FLUSH = "{\"op\": \"flush\"}";

  private static final int NO_SUCH_CONTEXT = HttpStatus.SC_NOT_FOUND;

  private final ImageioHttp http;
  private final URI url;
  private final String image;
  private final long sizeBytes;
  private final SiteTimeouts timeouts;
  private final Options options;

  /**
   * What the daemon offers for this image.
   *
   * @param connections the lesser of its readers and writers
   */
  private record Options(int connections, boolean sums) {

    int parallel() {
      return Math.max(1, Math.min(MOST_PARALLEL, connections - 1));
    }
  }

  private ImageioTicket(
      ImageioHttp http,
      URI url,
      String image,
      long sizeBytes,
      SiteTimeouts timeouts,
      Options options) {
    this.http = http;
    this.url = url;
    this.image = image;
    this.sizeBytes = sizeBytes;
    this.timeouts = timeouts;
    this.options = options;
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
      if (proxyUrl.isEmpty() || !ProxyRoute.mayHelp(e.getCause())) {
        throw e;
      }
      return open(URI.create(proxyUrl), image, sizeBytes, trust, timeouts);
    }
  }

  private static ImageioTicket open(
      URI url, String image, long sizeBytes, SSLContext trust, SiteTimeouts timeouts) {
    Peer peer =
        new Peer(
            "the imageio service at " + url.getHost() + ":" + url.getPort(), timeouts.answer());
    ImageioHttp http = new ImageioHttp(peer, trust, timeouts, MOST_PARALLEL + 1);
    boolean opened = false;
    try {
      Options options = http.call("Opening " + image, new HttpOptions(url), ImageioTicket::options);
      http.limitConnections(Math.min(MOST_PARALLEL + 1, Math.max(1, options.connections())));
      opened = true;
      return new ImageioTicket(http, url, image, sizeBytes, timeouts, options);
    } finally {
      if (!opened) {
        http.close();
      }
    }
  }

  /** One connection too many is not refused by imageio: it hangs. */
  private static Options options(CloseableHttpResponse response) throws IOException {
    int least = Integer.MAX_VALUE;
    boolean sums = false;
    try (JsonParser parser = new JsonFactory().createParser(response.getEntity().getContent())) {
      while (parser.nextToken() != null) {
        boolean limit =
            parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && List.of("max_readers", "max_writers").contains(parser.currentName());
        if (limit) {
          least = Math.min(least, parser.getIntValue());
        }
        sums |=
            parser.currentToken() == JsonToken.VALUE_STRING && parser.getText().equals("checksum");
      }
    }
    return new Options(least == Integer.MAX_VALUE ? 2 : least, sums);
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** How many reads or writes may run at a time. */
  public int parallel() {
    return options.parallel();
  }

  /** Whether imageio computes sums of this image. */
  public boolean sums() {
    return options.sums();
  }

  /** The sum of the image as it is now; takes as long as the storage needs to read all its data. */
  public ContentSum sum() {
    HttpGet request =
        new HttpGet(
            URI.create(url + "/checksum?algorithm=blake2b&block_size=" + ContentSum.BLOCK_BYTES));
    Duration patience = timeouts.answer().plusSeconds(sizeBytes / SLOWEST_SUM_BYTES_PER_SECOND);
    request.setConfig(http.waiting(patience));
    return http.call("Computing the sum of " + image, request, this::sum);
  }

  private ContentSum sum(CloseableHttpResponse response) throws IOException {
    String sum = "";
    try (JsonParser parser = new JsonFactory().createParser(response.getEntity().getContent())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING
            && "checksum".equals(parser.currentName())) {
          sum = parser.getText();
        }
      }
      return new ContentSum(sum);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The imageio service told no usable sum of " + image,
          "Look into the log of ovirt-imageio on the host",
          e);
    }
  }

  /**
   * The whole image by what changed.
   *
   * @return empty when imageio cannot tell, fails over it, or tells what cannot be
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
          if (response.getStatusLine().getStatusCode() != HttpStatus.SC_OK) {
            return Optional.empty();
          }
          try (InputStream list = response.getEntity().getContent()) {
            return Optional.of(ExtentParser.parse(list, incremental, sizeBytes));
          } catch (MalformedExtentsException e) {
            return Optional.empty();
          }
        },
        // A bitmap that is there and cannot be read is as good as none; what is zero must be told.
        incremental
            ? new int[] {NO_SUCH_CONTEXT, HttpStatus.SC_INTERNAL_SERVER_ERROR}
            : new int[] {NO_SUCH_CONTEXT});
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
