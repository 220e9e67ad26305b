package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.ErrorKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever knows the URL of a transfer may read or write the disk: no log shows it. */
final class SecretUrlTest extends LabTest {

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final java.util.logging.Logger jdkRoot = java.util.logging.Logger.getLogger("");
  private final Collector collector = new Collector();
  private final Level level = root.getLevel();
  private final java.util.logging.Level jdkLevel = jdkRoot.getLevel();
  private final Handler jdkCollector =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          // The lab's own web server is not ours.
          if (!String.valueOf(event.getLoggerName()).startsWith("sun.net.")
              && !String.valueOf(event.getLoggerName()).startsWith("com.sun.net.")) {
            logged.add(event.getLoggerName() + " " + event.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final class Collector extends AppenderBase<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLoggerName().startsWith("dev.stillpoint.hypervisor.lab")) {
        return;
      }
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      logged.add(event.getLoggerName() + " " + event.getFormattedMessage() + trace);
    }
  }

  @BeforeEach
  void listen() {
    collector.start();
    root.addAppender(collector);
    root.setLevel(Level.TRACE);
    jdkCollector.setLevel(java.util.logging.Level.ALL);
    jdkRoot.addHandler(jdkCollector);
    jdkRoot.setLevel(java.util.logging.Level.ALL);
  }

  @AfterEach
  void leave() {
    root.setLevel(level);
    root.detachAppender(collector);
    jdkRoot.setLevel(jdkLevel);
    jdkRoot.removeHandler(jdkCollector);
  }

  @Test
  void noLogHoldsTheUrlOfATransferEvenWhenEverythingIsLogged() {
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(snapshot.disks().get(0).id())) {
      reader.read(0, ByteBuffer.allocate(4096));
      faults().turnOnAfter(Switch.IMAGEIO_DROP_AFTER, 1000, 2);
      reader.read(0, ByteBuffer.allocate(4096));
      faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 0, Integer.MAX_VALUE);
      fails(ErrorKind.HYPERVISOR_REFUSED, () -> reader.read(0, ByteBuffer.allocate(4096)));
      faults().clear();
    }
    try (DiskWriter writer = session.restoreTarget().createDisk(disk(site.stoppedVm()), journal)) {
      writer.write(0, ByteBuffer.allocate(4096));
      faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 0, 1);
      fails(ErrorKind.HYPERVISOR_REFUSED, () -> writer.write(0, ByteBuffer.allocate(4096)));
    }
    assertThat(logged)
        .as("everything is heard here")
        .anyMatch(line -> line.contains("lost its transfer"));
    assertThat(logged)
        .noneMatch(line -> line.contains("/images/"))
        .noneMatch(line -> line.contains("Bearer"));
  }
}
