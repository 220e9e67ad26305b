package dev.stillpoint.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.notify.NoticeException;
import dev.stillpoint.notify.ReportWriter;
import dev.stillpoint.notify.RunReport;
import dev.stillpoint.server.notice.MailSettings.Login;
import dev.stillpoint.server.notice.MailSettings.Security;
import dev.stillpoint.testing.Samples;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail to a real SMTP server. */
class MailTest {

  @TempDir private Path directory;
  private final GreenMail server = patient("smtp");

  @AfterEach
  void stop() {
    server.stop();
  }

  /** Its own patience with its start is two seconds, which a busy machine may need. */
  private static GreenMail patient(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(60_000);
    return new GreenMail(setup);
  }

  private MailSettings settings(Security security, Optional<Login> login, String... to) {
    return new MailSettings(
        "127.0.0.1",
        server.getSmtp().getPort(),
        security,
        login,
        "Stillpoint <backup@example.com>",
        List.of(to),
        Set.of(RunState.FAILED));
  }

  private static RunReport report(String site) {
    Run run = Samples.queued("run-1").start(Samples.TIME);
    Run ended = run.end(RunState.FAILED, Optional.empty(), Samples.TIME.plusSeconds(9));
    return ReportWriter.write(ended, "nightly 数据", site, ZoneOffset.UTC);
  }

  private static Mail mail(MailSettings settings) {
    return new Mail(settings, () -> Samples.TIME);
  }

  @Test
  void sendsTextAndHtmlToEverybody() throws Exception {
    server.start();
    mail(settings(Security.NONE, Optional.empty(), "a@example.com", "b@example.com"))
        .send(report("Praha – letiště"));
    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getSubject())
        .isEqualTo("[Stillpoint] Backup failed: VM web, policy nightly 数据, site Praha – letiště");
    assertThat(received[0].getFrom()[0]).hasToString("Stillpoint <backup@example.com>");
    assertThat(received[0].getSentDate().toInstant().getEpochSecond())
        .isEqualTo(Samples.TIME.getEpochSecond());
    MimeMultipart parts = (MimeMultipart) received[0].getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat((String) parts.getBodyPart(0).getContent()).contains("Policy:   nightly 数据");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
  }

  @Test
  void logsInWithThePasswordThatIsInTheFileNow() throws Exception {
    server.start();
    server.setUser("backup", "right ñ");
    server.getUserManager().setAuthRequired(true);
    Path password = directory.resolve("password");
    Files.writeString(password, "wrong\n");
    Mail mail =
        mail(
            settings(
                Security.NONE, Optional.of(new Login("backup", password)), "backup@example.com"));
    assertThatThrownBy(() -> mail.send(report("lab")))
        .isInstanceOfSatisfying(
            NoticeException.class, e -> assertThat(e.worthAnotherTry()).isFalse())
        .hasMessageContaining("refuses the login")
        .hasMessageNotContaining("wrong");
    Files.writeString(password, "right ñ\n");
    mail.send(report("lab"));
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aServerThatIsAwayIsWorthAnotherTry() throws Exception {
    server.start();
    MailSettings settings = settings(Security.NONE, Optional.empty(), "a@example.com");
    server.stop();
    assertThatThrownBy(() -> mail(settings).send(report("lab")))
        .isInstanceOfSatisfying(
            NoticeException.class, e -> assertThat(e.worthAnotherTry()).isTrue())
        .hasMessageContaining("127.0.0.1:" + settings.port());
  }

  @Test
  void neverSendsInTheClearWhereProtectionWasAskedFor() throws Exception {
    server.start();
    Mail mail = mail(settings(Security.STARTTLS, Optional.empty(), "a@example.com"));
    assertThatThrownBy(() -> mail.send(report("lab"))).isInstanceOf(NoticeException.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void doesNotTalkToAServerWhoseCertificateNobodyVouchesFor() {
    GreenMail tls = patient("smtps");
    tls.start();
    try {
      MailSettings settings =
          new MailSettings(
              "127.0.0.1",
              tls.getSmtps().getPort(),
              Security.TLS,
              Optional.empty(),
              "backup@example.com",
              List.of("a@example.com"),
              Set.of(RunState.FAILED));
      assertThatThrownBy(() -> mail(settings).send(report("lab")))
          .isInstanceOf(NoticeException.class);
      assertThat(tls.getReceivedMessages()).isEmpty();
    } finally {
      tls.stop();
    }
  }

  @Test
  void aTrialSaysThatItIsOne() throws Exception {
    server.start();
    Mail mail = mail(settings(Security.NONE, Optional.empty(), "a@example.com"));
    mail.tryOut();
    assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Stillpoint: a trial");
  }
}
