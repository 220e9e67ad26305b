package dev.stillpoint.server;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the API over HTTP on one address. */
final class HttpEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  private static final String API = "/api/v1";
  private static final int LEAST_GZIPPED_BYTES = 4096;
  private static final long STOP_TIMEOUT_MILLIS = 5000;

  private final Server jetty;
  private final String address;

  HttpEndpoint(String address, int port, ResourceConfig api) {
    this.address = address;
    this.jetty = new Server(new InetSocketAddress(address, port));
    jetty.setStopTimeout(STOP_TIMEOUT_MILLIS);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.addServlet(new ServletHolder(new ServletContainer(api)), API + "/*");
    ConsoleFiles.serve(context);
    jetty.setHandler(compressing(context));
  }

  /**
   * Lists of thousands of rows are a tenth of their size then. Not events, which must not wait for
   * more; not images of disks, which are asked for by range; not the console, which comes
   * compressed.
   */
  private static GzipHandler compressing(Handler answering) {
    GzipHandler gzip = new GzipHandler(answering);
    gzip.setIncludedPaths(API + "/*");
    gzip.setIncludedMimeTypes("application/json", "application/problem+json", "text/csv");
    gzip.setMinGzipSize(LEAST_GZIPPED_BYTES);
    return gzip;
  }

  /**
   * @throws StillpointException CONFLICT when the port is taken
   */
  void start() {
    try {
      jetty.start();
    } catch (Exception e) {
      close();
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Cannot serve HTTP on " + address + ": " + e.getMessage(),
          "Is another server running there? Otherwise change http.port.",
          e);
    }
  }

  /** The base of all calls. */
  URI apiUri() {
    int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    return URI.create("http://" + address + ":" + port + API);
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      // Jetty declares Exception; there is nothing left to do for requests at this point.
      LOG.warn("HTTP did not stop cleanly", e);
    }
  }
}
