package dev.stillpoint.server;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.model.Ids;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every endpoint of the API, called as everybody: what the user gets who may do all to web01 and
 * does not see db01, an administrator of the engine, and the server's own token. Somebody with a
 * token that nobody knows, and somebody without one, get 401 everywhere but where all are welcome.
 *
 * <p>An endpoint that is not in the table fails the test: say first who may call it.
 */
class EndpointRightsTest {

  /**
   * The endpoint; how it is called (names in braces are filled in); what is sent; what the user,
   * the administrator and the server's token are answered. The rows are called one after the other.
   */
  private static final String TABLE =
      """
      GET status                                  | status                              |                          | 200 | 200 | 200
      GET openapi.json                            | openapi.json                        |                          | 200 | 200 | 200
      GET events                                  | events                              |                          | 200 | 200 | 200
      HEAD events                                 | events                              |                          | 200 | 200 | 200
      GET health                                  | health                              |                          | 200 | 200 | 200
      GET settings                                | settings                            |                          | 403 | 200 | 200
      POST settings/mail/test                     | settings/mail/test                  |                          | 403 | 409 | 409
      POST settings/webhook/test                  | settings/webhook/test               |                          | 403 | 409 | 409
      GET sign-in                                 | sign-in                             |                          | 200 | 200 | 200
      POST sign-in                                | sign-in                             | {}                       | 400 | 400 | 400
      POST sign-out                               | sign-out                            |                          | 200 | 200 | 200
      GET caller                                  | caller                              |                          | 200 | 200 | 200
      GET repository                              | repository                          |                          | 403 | 200 | 200
      PUT repository/reserve                      | repository/reserve                  | {"bytes":-1}             | 403 | 400 | 400
      GET sites                                   | sites                               |                          | 200 | 200 | 200
      POST sites                                  | sites                               | {}                       | 403 | 403 | 400
      GET sites/{site}                            | sites/lab                           |                          | 200 | 200 | 200
      GET sites/{site}/check                      | sites/lab/check                     |                          | 403 | 200 | 200
      GET sites/{site}/limits                     | sites/lab/limits                    |                          | 403 | 200 | 200
      GET sites/{site}/targets                    | sites/lab/targets                   |                          | 403 | 200 | 200
      PUT sites/{site}/limits                     | sites/lab/limits                    | {"vmTotalBytes":0}       | 403 | 403 | 400
      GET sites/{site}/vms                        | sites/lab/vms                       |                          | 200 | 200 | 200
      GET sites/{site}/vms/{vm}                   | sites/lab/vms/db01                  |                          | 404 | 200 | 200
      GET sites/{site}/vms/{vm}                   | sites/lab/vms/web01                 |                          | 200 | 200 | 200
      GET sites/{site}/vms/{vm}/drive             | sites/lab/vms/web01/drive           |                          | 403 | 403 | 200
      PUT sites/{site}/vms/{vm}/drive             | sites/lab/vms/web01/drive?when=odd  |                          | 403 | 403 | 400
      DELETE sites/{site}/vms/{vm}/drive          | sites/lab/vms/web01/drive?when=odd  |                          | 403 | 403 | 400
      GET policies                                | policies                            |                          | 200 | 200 | 200
      POST policies                               | policies                            | {"name":"p","site":"lab","vms":["web01"]} | 403 | 201 | 409
      GET policies/{policy}                       | policies/secret                     |                          | 404 | 200 | 200
      PUT policies/{policy}                       | policies/secret                     | {"name":"secret","site":"lab","vms":["db01"]} | 404 | 200 | 200
      PUT policies/{policy}                       | policies/p                          | {"name":"p","site":"lab","vms":["web01"]} | 403 | 200 | 200
      GET policies/{policy}/vms                   | policies/secret/vms                 |                          | 404 | 200 | 200
      GET policies/{policy}/starts                | policies/secret/starts              |                          | 404 | 200 | 200
      POST policies/{policy}/runs                 | policies/secret/runs                |                          | 404 | 202 | 202
      POST policies/{policy}/runs                 | policies/p/runs                     |                          | 202 | 202 | 202
      GET slots                                   | slots                               |                          | 403 | 200 | 200
      POST slots/preview                          | slots/preview                       | {}                       | 403 | 400 | 400
      GET queue                                   | queue                               |                          | 403 | 200 | 200
      GET drafts                                  | drafts                              |                          | 403 | 200 | 200
      GET drafts/policies/{policy}                | drafts/policies/secret              |                          | 403 | 200 | 200
      GET drafts/runs/{run}                       | drafts/runs/{run}                   |                          | 403 | 200 | 200
      POST runs/{run}/rerun                       | runs/{run}/rerun                    |                          | 404 | 409 | 409
      GET runs                                    | runs                                |                          | 200 | 200 | 200
      POST runs                                   | runs                                | {"site":"lab","vms":["db01"]} | 404 | 202 | 202
      GET runs/{run}                              | runs/{run}                          |                          | 404 | 200 | 200
      POST runs/{run}/cancel                      | runs/{run}/cancel                   |                          | 404 | 409 | 409
      GET points                                  | points                              |                          | 200 | 200 | 200
      GET points/{point}                          | points/{point}                      |                          | 404 | 200 | 200
      POST points/{point}/verify                  | points/{point}/verify               |                          | 404 | 200 | 200
      GET points/{point}/disks/{disk}/content     | points/{point}/disks/{disk}/content |                          | 404 | 200 | 200
      HEAD points/{point}/disks/{disk}/content    | points/{point}/disks/{disk}/content |                          | 404 | 200 | 200
      GET points/{point}/disks/{disk}/extents     | points/{point}/disks/{disk}/extents |                          | 404 | 200 | 200
      POST restores                               | restores                            | {"point":"{point}","mode":"in-place","dryRun":true} | 404 | 200 | 200
      GET vm-states                               | vm-states                           |                          | 200 | 200 | 200
      GET audit                                   | audit                               |                          | 403 | 200 | 200
      GET policies/{policy}/retention             | policies/secret/retention           |                          | 404 | 200 | 200
      POST policies/{policy}/retention            | policies/secret/retention           | {}                       | 404 | 200 | 200
      GET holds                                   | holds                               |                          | 200 | 200 | 200
      PUT holds/{point}                           | holds/{point}                       | {"reason":"x"}           | 404 | 409 | 409
      DELETE holds/{point}                        | holds/{point}                       |                          | 404 | 404 | 404
      POST points/deletions                       | points/deletions                    | {"points":["{point}"],"dryRun":true} | 404 | 200 | 200
      GET repository/collection                   | repository/collection               |                          | 403 | 200 | 200
      DELETE repository/collection                | repository/collection               |                          | 403 | 409 | 409
      POST repository/collection                  | repository/collection               | {}                       | 403 | 202 | 202
      GET sites/{site}/protection                 | sites/lab/protection                |                          | 200 | 200 | 200
      GET sites/{site}/protection/{vm}            | sites/lab/protection/db01           |                          | 404 | 200 | 200
      GET sites/{site}/protection/{vm}            | sites/lab/protection/web01          |                          | 200 | 200 | 200
      GET overview                                | overview                            |                          | 403 | 200 | 200
      GET metering                                | metering                            |                          | 403 | 200 | 200
      GET metrics                                 | metrics                             |                          | 403 | 403 | 200
      GET leftovers                               | leftovers                           |                          | 403 | 200 | 200
      POST leftovers/clear                        | leftovers/clear                     |                          | 403 | 200 | 200
      GET sites/{site}/vm-groups                  | sites/lab/vm-groups                 |                          | 200 | 200 | 200
      GET sites/{site}/vm-groups/{group}          | sites/lab/vm-groups/pair            |                          | 404 | 200 | 200
      PUT sites/{site}/vm-groups/{group}/policies/{policy} | sites/lab/vm-groups/pair/policies/secret | | 403 | 200 | 200
      DELETE sites/{site}/vm-groups/{group}/policies/{policy} | sites/lab/vm-groups/pair/policies/secret | | 403 | 200 | 409
      POST sites/{site}/vm-groups/{group}/recover | sites/lab/vm-groups/pair/recover    | {"run":"{run}","mode":"in-place","dryRun":true} | 404 | 200 | 200
      DELETE policies/{policy}                    | policies/secret                     |                          | 404 | 204 | 404
      DELETE sites/{site}                         | sites/lab                           |                          | 403 | 403 | 409
      """;

  /** What anybody may call without a token. */
  private static final Map<String, Integer> OPEN =
      Map.of("GET health", 200, "GET openapi.json", 200, "GET sign-in", 200, "POST sign-in", 400);

  private static final List<Row> ROWS = TABLE.lines().map(Row::parse).toList();

  @TempDir private java.nio.file.Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private LabServer it;
  private String user;
  private String administrator;
  private String run;
  private String point;
  private String disk;

  private record Row(String endpoint, String path, String body, List<Integer> answers) {

    static Row parse(String line) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      return new Row(
          cells.get(0),
          cells.get(1),
          cells.get(2),
          cells.subList(3, 6).stream().map(Integer::valueOf).toList());
    }

    /** Images are sent as they are. */
    String type() {
      return endpoint.startsWith("PUT") && endpoint.endsWith("drive")
          ? "application/octet-stream"
          : "application/json";
    }

    String method() {
      return endpoint.substring(0, endpoint.indexOf(' '));
    }
  }

  @BeforeEach
  void start() throws Exception {
    it = new LabServer(directory);
    user = LabTokens.of(it.lab, "owner@internal");
    administrator = LabTokens.of(it.lab, "admin@internal");
    it.lab.organise(
        org ->
            org.grant(
                org.role("UserVmManager").orElseThrow().id(),
                Ids.named("user owner@internal"),
                "vm",
                it.lab.vmId("web01")));
    it.lab.organise(org -> org.add(org.groups(), "pair").vms().add(it.lab.vmId("db01")));
    JsonNode backup = it.backup("db01");
    run = backup.get("id").asText();
    point = backup.get("vms").get(0).get("point").asText();
    disk = it.lab.diskIds(it.lab.vmId("db01")).get(0);
    it.api
        .post("/policies", "{\"name\":\"secret\",\"site\":\"lab\",\"vms\":[\"db01\"]}")
        .require(201);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void everyEndpointAnswersEverybodyAsTheTableSays() throws Exception {
    SoftAssertions all = new SoftAssertions();
    for (Row row : ROWS) {
      int unknown = OPEN.getOrDefault(row.endpoint(), 401);
      check(all, row, "nobody", "", unknown);
      check(all, row, "a stranger", "no-such-token", unknown);
      // Runs that earlier rows began work with the point.
      awaitNoRuns();
      check(all, row, "the user", user, row.answers().get(0));
      awaitNoCollection();
      check(all, row, "the administrator", administrator, row.answers().get(1));
      awaitNoCollection();
      check(all, row, "the server's token", it.api.token(), row.answers().get(2));
    }
    all.assertAll();
  }

  @Test
  void everyEndpointThatThereIsStandsInTheTable() {
    Set<String> listed = ROWS.stream().map(Row::endpoint).collect(toCollection(TreeSet::new));
    assertThat(endpoints()).isEqualTo(listed);
  }

  @Test
  void listsShowTheUserNothingOfWhatHeDoesNotSee() {
    for (String list : List.of("/points", "/runs", "/policies", "/vm-states")) {
      JsonNode items = it.api.callAs("lab", user, "GET", list, "").require(200).get("items");
      assertThat(items).as(list).isEmpty();
      assertThat(it.api.get(list).get("items")).as(list).isNotEmpty();
    }
  }

  private static Set<String> endpoints() {
    ResourceConfig scanned = new ResourceConfig().packages("dev.stillpoint.rest");
    return scanned.getClasses().stream()
        .filter(type -> type.isAnnotationPresent(Path.class))
        .flatMap(EndpointRightsTest::endpoints)
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> endpoints(Class<?> type) {
    String base = type.getAnnotation(Path.class).value();
    return Arrays.stream(type.getMethods())
        .flatMap(
            method ->
                Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .filter(verb -> verb.isAnnotationPresent(HttpMethod.class))
                    .map(verb -> verb.getAnnotation(HttpMethod.class).value())
                    .map(verb -> verb + " " + base + below(method)));
  }

  private static String below(Method method) {
    Path path = method.getAnnotation(Path.class);
    return path == null ? "" : "/" + path.value();
  }

  private void check(SoftAssertions all, Row row, String who, String bearer, int expected)
      throws IOException, InterruptedException {
    String body = filled(row.body());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(it.server.apiUri() + "/" + filled(row.path())))
            .header("Content-Type", row.type())
            .method(
                row.method(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer).header("Stillpoint-Site", "lab");
    }
    // The body is not waited for: events have no end.
    HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
    int status = answer.statusCode();
    answer.body().close();
    if (status == 401) {
      // Anything else makes browsers ask for a password by themselves.
      List<String> challenge = answer.headers().allValues("WWW-Authenticate");
      all.assertThat(challenge).as("%s %s", row.method(), row.path()).containsExactly("Bearer");
    }
    all.assertThat(status).as("%s %s as %s", row.method(), row.path(), who).isEqualTo(expected);
  }

  private void awaitNoRuns() throws InterruptedException {
    while (!it.api.get("/queue").get("items").isEmpty()) {
      Thread.sleep(20);
    }
  }

  private void awaitNoCollection() throws InterruptedException {
    while (it.api.get("/repository/collection").has("running")) {
      Thread.sleep(20);
    }
  }

  private String filled(String text) {
    return text.replace("{run}", run).replace("{point}", point).replace("{disk}", disk);
  }
}
