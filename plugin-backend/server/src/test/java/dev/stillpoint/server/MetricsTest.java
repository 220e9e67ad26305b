package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

  @TempDir Path directory;
  private LabServer it;

  @BeforeEach
  void start() throws Exception {
    it = new LabServer(directory);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private String metrics() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(it.api.request("/metrics").GET().build(), BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain")
        .contains("version=0.0.4");
    return answer.body();
  }

  @Test
  void figuresAreThoseOfTheServerInTheFormatOfPrometheus() throws Exception {
    String ended = "stillpoint_runs_ended_total{state=\"succeeded\"} ";
    assertThat(metrics()).contains("stillpoint_repository_points 0\n").contains(ended + "0\n");
    it.backup("web01");
    String text = metrics();
    // Who observes runs is told a moment after the run has ended.
    for (int i = 0; i < 3000 && !text.contains(ended + "1\n"); i++) {
      ApiCaller.pause();
      text = metrics();
    }
    assertThat(text)
        .contains(ended + "1\n")
        .contains("stillpoint_repository_points 1\n")
        .contains("stillpoint_repository_bytes{kind=\"reserve\"} " + (512L << 20) + "\n")
        .contains("stillpoint_leftovers 0\n");
    assertThat(text.lines())
        .allMatch(
            line ->
                line.startsWith("# HELP stillpoint_")
                    || line.startsWith("# TYPE stillpoint_")
                    || line.matches("stillpoint_[a-z_]+(\\{[a-z]+=\"[^\"]*\"\\})? \\d+"));
  }
}
