package dev.stillpoint.hypervisor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.portal.PortalConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortalPagesTest {
  private static final String PORTAL = "/ovirt-engine/webadmin/";

  @TempDir Path dir;

  private Path plugins;
  private Path configs;
  private LabEngine lab;
  private ApiClient http;

  @BeforeEach
  void start() throws IOException {
    plugins = Files.createDirectories(dir.resolve("plugins"));
    configs = Files.createDirectories(dir.resolve("configs"));
    lab =
        LabEngine.start(
            LabConfig.inDirectory(dir.resolve("lab"))
                .withPortal(new PortalConfig(plugins, configs, Map.of())));
    http = ApiClient.of(lab);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void thePageMayBeFramedByItsOwnOriginOnlyAsInTheEngine() {
    HttpResponse<String> page = get("");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("X-FRAME-OPTIONS")).hasValue("SAMEORIGIN");
    assertThat(page.headers().firstValue("X-CONTENT-TYPE-OPTIONS")).hasValue("NOSNIFF");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(get("portal.js").headers().firstValue("Content-Type"))
        .hasValue("text/javascript;charset=UTF-8");
  }

  @Test
  void everyPartThatThePageNamesIsThere() {
    for (String part : new String[] {"portal.css", "portal.js"}) {
      assertThat(get("").body()).contains('"' + part + '"');
      assertThat(get(part).statusCode()).as(part).isEqualTo(200);
    }
    get("portal.js")
        .body()
        .lines()
        .filter(line -> line.contains("from './"))
        .map(line -> line.replaceAll(".*'\\./(.*)'.*", "$1"))
        .forEach(part -> assertThat(get(part).statusCode()).as(part).isEqualTo(200));
  }

  @Test
  void withoutAFolderOfPluginsThereAreNone() throws IOException {
    Files.delete(plugins);
    assertThat(definitions()).isEmpty();
  }

  @Test
  void aPluginIsSeenWithoutARestartAndTheAdministratorOverridesItsConfig() throws IOException {
    Files.writeString(
        plugins.resolve("one.json"),
        "{\"name\":\"one\",\"url\":\"plugin/one/host.html\",\"config\":{\"a\":1,\"b\":2}} // mine");
    assertThat(definitions().get(0).toString())
        .isEqualTo(
            "{\"name\":\"one\",\"url\":\"plugin/one/host.html\",\"lazyLoad\":true,\"enabled\":true,"
                + "\"config\":{\"a\":1,\"b\":2}}");
    Files.writeString(
        configs.resolve("one-config.json"), "{\"enabled\":false,\"config\":{\"b\":3}}");
    JsonNode changed = definitions().get(0);
    assertThat(changed.get("enabled").asBoolean()).isFalse();
    assertThat(changed.get("config").toString()).isEqualTo("{\"a\":1,\"b\":3}");
  }

  @Test
  void theAdministratorsOrderIsTheOrderOfLoading() throws IOException {
    descriptor("one");
    descriptor("two");
    Files.writeString(configs.resolve("two-config.json"), "{\"order\":1}");
    assertThat(definitions().findValuesAsText("name")).containsExactly("two", "one");
  }

  @Test
  void aBrokenDescriptorIsLeftOutAndHarmsNoOther() throws IOException {
    descriptor("one");
    Files.writeString(plugins.resolve("broken.json"), "{");
    Files.writeString(plugins.resolve("nameless.json"), "{\"url\":\"x\"}");
    Files.writeString(
        plugins.resolve("odd.json"), "{\"name\":\"odd\",\"url\":\"x\",\"lazyLoad\":\"yes\"}");
    assertThat(definitions().findValuesAsText("name")).containsExactly("one");
  }

  @Test
  void aConfigCannotEndTheScriptItIsEmbeddedIn() throws IOException {
    Files.writeString(
        plugins.resolve("one.json"),
        "{\"name\":\"one\",\"url\":\"x\",\"config\":{\"a\":\"</script><script>alert(1)\"}}");
    assertThat(get("").body()).doesNotContain("</script><script>alert");
    assertThat(definitions().get(0).at("/config/a").asText()).startsWith("</script>");
  }

  @Test
  void aPluginsFilesAreServedAndNoOthers() throws IOException {
    descriptor("one");
    Files.createDirectories(plugins.resolve("one-resources"));
    Files.writeString(plugins.resolve("one-resources/host.html"), "<html></html>");
    assertThat(get("plugin/one/host.html").body()).isEqualTo("<html></html>");
    assertThat(get("plugin/one/host.html").headers().firstValue("X-FRAME-OPTIONS"))
        .hasValue("SAMEORIGIN");
    for (String path :
        new String[] {
          "plugin/one/..%2Fone.json", "plugin/one/", "plugin/one", "plugin/two/host.html", "secret"
        }) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  private void descriptor(String name) throws IOException {
    Files.writeString(
        plugins.resolve(name + ".json"),
        "{\"name\":\"%1$s\",\"url\":\"plugin/%1$s/host.html\",\"resourcePath\":\"%1$s-resources\"}"
            .formatted(name));
  }

  private HttpResponse<String> get(String path) {
    return http.send(http.request(PORTAL + path));
  }

  private JsonNode definitions() throws IOException {
    String page = get("").body();
    int begin = page.indexOf('[', page.indexOf("plugin-definitions"));
    return new ObjectMapper().readTree(page.substring(begin, page.indexOf("</script>", begin)));
  }
}
