package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.util.EntityUtils;

/** A refusal that is not in the API's words, put into them. */
final class ForeignFault {

  private static final int LONGEST = 300;

  private ForeignFault() {}

  /**
   * @param type the content type of the refusal; only of plain text is the text kept
   */
  static HttpEntity of(String type, HttpEntity refusal) throws IOException {
    String text = type.startsWith("text/plain") ? EntityUtils.toString(refusal, UTF_8).strip() : "";
    String detail = text.isEmpty() ? "the answer is no fault of the API, but " + type : text;
    return new StringEntity(
        "<fault><reason>Operation Failed</reason><detail>"
            + escaped(detail.substring(0, Math.min(detail.length(), LONGEST)))
            + "</detail></fault>",
        ContentType.create(ContentType.APPLICATION_XML.getMimeType(), UTF_8));
  }

  /** What XML cannot hold becomes a space. */
  private static String escaped(String text) {
    return text.replaceAll("[^\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
