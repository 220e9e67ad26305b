package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server answers is what its document says: nothing is missing, and nothing is there that
 * the document does not name.
 */
class OpenApiAnswersTest {

  private static final String POLICY =
      """
      {"name":"nightly","site":"lab","vms":["web01"],"select":["tag=prod"],"freeze":"try",
       "schedule":{"type":"weekly","hour":3,"zone":"Europe/Berlin","weekdays":["monday","friday"]},
       "group":{"order":"fifo"},"retention":{"keep":{"weekly":"30d"},"keepLast":2}}""";

  @TempDir Path directory;
  private final ObjectMapper json = new ObjectMapper();
  private final SoftAssertions all = new SoftAssertions();
  private LabServer it;
  private ObjectNode document;
  private JsonSchemaFactory schemas;

  @BeforeEach
  void start() throws Exception {
    it = new LabServer(directory);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + "/openapi.json")).build();
    String served = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    document = (ObjectNode) json.readTree(served);
    for (JsonNode schema : document.at("/components/schemas")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    String strict = document.toString();
    schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(them -> them.schemas(location -> strict)));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void everyMainAnswerIsWhatTheDocumentSays() {
    JsonNode run = it.backup("web01", "db01");
    String point = it.newestPoint("web01");
    check("post", "/policies", 201, it.api.post("/policies", POLICY));
    ApiCaller.Answer nightly = it.api.post("/policies/nightly/runs", "");
    check("post", "/policies/{policy}/runs", 202, nightly);
    JsonNode disk = it.api.get("/points/" + point).get("disks").get(0);
    String image = "/points/" + point + "/disks/" + disk.get("disk").asText();
    for (String[] call : reads(run.get("id").asText(), point, image)) {
      check("get", call[0], 200, it.api.call("GET", call[1], ""));
    }
    String restore =
        "{\"point\":\"" + point + "\",\"mode\":\"new-vm\",\"name\":\"copy\",\"dryRun\":true}";
    check("post", "/restores", 200, it.api.post("/restores", restore));
    // While it runs it works with the point.
    it.api.await(nightly.body());
    String deletion = "{\"points\":[\"" + point + "\"],\"dryRun\":true}";
    check("post", "/points/deletions", 200, it.api.post("/points/deletions", deletion));
    check(
        "post",
        "/slots/preview",
        200,
        it.api.post("/slots/preview", "{\"type\":\"daily\",\"hour\":5}"));
    all.assertAll();
  }

  /** Calls that change nothing: the path in the document, and how it is called. */
  private static String[][] reads(String run, String point, String image) {
    return new String[][] {
      {"/status", "/status"},
      {"/health", "/health"},
      {"/settings", "/settings"},
      {"/sign-in", "/sign-in"},
      {"/caller", "/caller"},
      {"/repository", "/repository"},
      {"/repository/collection", "/repository/collection"},
      {"/sites", "/sites"},
      {"/sites/{site}", "/sites/lab"},
      {"/sites/{site}/check", "/sites/lab/check"},
      {"/sites/{site}/limits", "/sites/lab/limits"},
      {"/sites/{site}/vms", "/sites/lab/vms?load=true&placement=true"},
      {"/sites/{site}/vms/{vm}", "/sites/lab/vms/web01"},
      {"/sites/{site}/vms/{vm}/drive", "/sites/lab/vms/web01/drive"},
      {"/sites/{site}/protection", "/sites/lab/protection?limit=1"},
      {"/sites/{site}/protection/{vm}", "/sites/lab/protection/web01"},
      {"/policies", "/policies"},
      {"/policies/{policy}", "/policies/nightly"},
      {"/policies/{policy}/vms", "/policies/nightly/vms"},
      {"/policies/{policy}/starts", "/policies/nightly/starts"},
      {"/policies/{policy}/retention", "/policies/nightly/retention"},
      {"/drafts", "/drafts"},
      {"/drafts/policies/{policy}", "/drafts/policies/nightly"},
      {"/slots", "/slots"},
      {"/queue", "/queue"},
      {"/runs", "/runs?limit=1"},
      {"/runs/{run}", "/runs/" + run},
      {"/points", "/points"},
      {"/points/{point}", "/points/" + point},
      {"/points/{point}/disks/{disk}/extents", image + "/extents"},
      {"/holds", "/holds"},
      {"/vm-states", "/vm-states"},
      {"/audit", "/audit"},
      {"/leftovers", "/leftovers?others=true"},
      {"/overview", "/overview"},
      {"/metering", "/metering"},
    };
  }

  @Test
  void refusalsAreWhatTheDocumentSays() {
    JsonNode refused = it.api.call("GET", "/points/none", "").require(404);
    assertThat(
            faults(
                "/components/responses/problem/content/application~1problem+json/schema", refused))
        .isEmpty();
  }

  @Test
  void anAnswerThatIsNotAsTheDocumentSaysIsFound() {
    String caller = "/components/schemas/Caller";
    ObjectNode answer = (ObjectNode) it.api.get("/caller");
    assertThat(faults(caller, answer)).isEmpty();
    assertThat(faults(caller, answer.deepCopy().put("more", 1))).isNotEmpty();
    assertThat(faults(caller, answer.deepCopy().put("name", 1))).isNotEmpty();
    answer.remove("administrator");
    assertThat(faults(caller, answer)).isNotEmpty();
  }

  private void check(String verb, String path, int status, ApiCaller.Answer answer) {
    String pointer =
        "/paths/%s/%s/responses/%d/content/application~1json/schema"
            .formatted(path.replace("/", "~1"), verb, status);
    all.assertThat(answer.status()).as(verb + " " + path).isEqualTo(status);
    all.assertThat(faults(pointer, answer.body())).as(verb + " " + path).isEmpty();
  }

  private List<String> faults(String pointer, JsonNode answer) {
    assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse();
    String fragment = pointer.replace("{", "%7B").replace("}", "%7D");
    JsonSchema schema =
        schemas.getSchema(SchemaLocation.of("https://stillpoint.dev/api#" + fragment));
    return schema.validate(answer).stream().map(Object::toString).toList();
  }
}
