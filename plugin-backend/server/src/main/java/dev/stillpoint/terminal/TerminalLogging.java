package dev.stillpoint.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The logging of a program that a person started: warnings and errors as lines on standard error,
 * nothing else. SLF4J makes it when the program says so by {@link #select}; the server's logging
 * would take longer to start than most commands take to run.
 */
public final class TerminalLogging implements SLF4JServiceProvider {

  private static final String CHOICE = "slf4j.provider";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();
  private final PrintWriter err =
      new PrintWriter(
          new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), UTF_8), true);

  /** Makes it this program's logging; to be called before anything logs. */
  public static void select() {
    if (System.getProperty(CHOICE) == null) {
      System.setProperty(CHOICE, TerminalLogging.class.getName());
      // Else SLF4J tells about the choice.
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> new TerminalLogger(err);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // Everything is made with the object.
  }
}
