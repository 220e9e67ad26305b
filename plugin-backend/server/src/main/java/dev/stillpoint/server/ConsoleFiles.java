package dev.stillpoint.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ResourceServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * Serves the console, which comes built as a jar with everything below {@value #FOLDER}; where
 * there is none, nothing is served. All addresses are relative: behind a manager's web server the
 * console lies below a path of that.
 */
final class ConsoleFiles {

  private static final String FOLDER = "dev/stillpoint/console/";
  private static final String INDEX = "index.html";
  private static final String PLACE = "/console";

  private ConsoleFiles() {}

  static void serve(ServletContextHandler context) {
    URL index = ConsoleFiles.class.getClassLoader().getResource(FOLDER + INDEX);
    if (index == null) {
      return;
    }
    String text = index.toString();
    String folder = text.substring(0, text.length() - INDEX.length());
    ServletHolder files = new ServletHolder("console", ResourceServlet.class);
    files.setInitParameter("baseResource", URI.create(folder).toString());
    files.setInitParameter("dirAllowed", "false");
    files.setInitParameter("precompressed", "gzip=.gz");
    files.setInitParameter("etags", "true");
    context.setWelcomeFiles(new String[] {INDEX});
    context.addServlet(files, PLACE + "/*");
    context.addFilter(
        new FilterHolder(new Rules()), PLACE + "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder("to-console", new ToConsole()), "");
  }

  /** What browsers may do with the console, and how long they may keep what. */
  private static final class Rules implements Filter {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Styles also stand in attributes, which the component library sets while it lays out. */
    private static final String POLICY =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " font-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self';"
            + " object-src 'none'";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest asked = (HttpServletRequest) request;
      HttpServletResponse answer = (HttpServletResponse) response;
      if (!READING.contains(asked.getMethod())) {
        answer.setHeader("Allow", "GET, HEAD");
        answer.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        return;
      }
      if (asked.getPathInfo() == null) {
        toConsole(answer);
        return;
      }
      answer.setHeader("Content-Security-Policy", POLICY);
      answer.setHeader("X-Frame-Options", "SAMEORIGIN");
      answer.setHeader("X-Content-Type-Options", "nosniff");
      answer.setHeader("Referrer-Policy", "same-origin");
      // The names of assets hold a hash of what is in them.
      boolean hashed = asked.getPathInfo().startsWith("/assets/");
      answer.setHeader(
          "Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      chain.doFilter(request, response);
    }
  }

  /** From the root, and from the console's place without a slash. */
  private static final class ToConsole extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      toConsole(response);
    }
  }

  /** Not {@code sendRedirect}: that names this server, which a browser may not reach. */
  private static void toConsole(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", "console/");
  }
}
