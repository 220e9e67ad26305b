package dev.stillpoint.server.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.job.RunState;
import dev.stillpoint.notify.NoticeException;
import dev.stillpoint.notify.NoticeSender;
import dev.stillpoint.notify.NoticeTrial;
import dev.stillpoint.notify.RunReport;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** Mails the report of a run, as text and as HTML. */
public final class Mail implements NoticeSender, NoticeTrial {

  private static final String TIMEOUT_MILLIS = "30000";

  private final MailSettings settings;
  private final InstantSource clock;

  public Mail(MailSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mail to " + String.join(", ", settings.to());
  }

  @Override
  public boolean wants(RunState end) {
    return settings.when().contains(end);
  }

  @Override
  public void send(RunReport report) throws NoticeException {
    send(report.subject(), report.text(), report.html());
  }

  @Override
  public void tryOut() throws NoticeException {
    send(
        "Stillpoint: a trial",
        "This mail was sent to see whether mail from Stillpoint arrives. It does.\n",
        "<!doctype html><p>This mail was sent to see whether mail from Stillpoint arrives."
            + " It does.</p>");
  }

  private void send(String subject, String text, String html) throws NoticeException {
    try {
      Transport.send(message(subject, text, html));
    } catch (AuthenticationFailedException e) {
      throw new NoticeException(where() + " refuses the login: " + e.getMessage(), false, e);
    } catch (SendFailedException e) {
      throw new NoticeException(where() + " refuses the mail: " + e.getMessage(), false, e);
    } catch (MessagingException e) {
      throw new NoticeException(where() + ": " + e.getMessage(), true, e);
    } catch (IOException e) {
      throw new NoticeException("the password of the mail account: " + e, true, e);
    }
  }

  private String where() {
    return "the mail server " + settings.host() + ":" + settings.port();
  }

  private MimeMessage message(String subject, String plain, String page)
      throws MessagingException, IOException {
    MimeMessage message = new MimeMessage(session());
    message.setFrom(new InternetAddress(settings.from()));
    for (String address : settings.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(address));
    }
    message.setSubject(subject, UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    // Out-of-office programs must not answer.
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(plain, UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(page, UTF_8.name(), "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    return message;
  }

  private Session session() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    for (String kind : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.setProperty("mail.smtp." + kind, TIMEOUT_MILLIS);
    }
    boolean starttls = settings.security() == MailSettings.Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
    boolean tls = settings.security() == MailSettings.Security.TLS;
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    Optional<PasswordAuthentication> login = login();
    properties.setProperty("mail.smtp.auth", Boolean.toString(login.isPresent()));
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return login.orElse(null);
          }
        });
  }

  private Optional<PasswordAuthentication> login() throws IOException {
    if (settings.login().isEmpty()) {
      return Optional.empty();
    }
    MailSettings.Login login = settings.login().get();
    // The mail library takes a String; it lives as long as this mail takes.
    String password = Files.readString(login.passwordFile(), UTF_8).strip();
    return Optional.of(new PasswordAuthentication(login.username(), password));
  }
}
