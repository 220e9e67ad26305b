package dev.stillpoint.hypervisor.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A plain client of the data endpoint. */
final class ImageClient {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;

  ImageClient(String url) {
    this.url = url;
  }

  HttpRequest.Builder request(String suffix) {
    return HttpRequest.newBuilder(URI.create(url + suffix)).timeout(Duration.ofMinutes(1));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> get(long start, long length) throws IOException {
    return send(request("").header("Range", "bytes=" + start + "-" + (start + length - 1)));
  }

  HttpResponse<byte[]> put(long start, byte[] bytes) throws IOException {
    return send(
        request("?flush=n")
            .header("Content-Range", "bytes " + start + "-" + (start + bytes.length - 1) + "/*")
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  HttpResponse<byte[]> patch(String order) throws IOException {
    return send(
        request("")
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(order)));
  }

  JsonNode extents(String context) throws IOException {
    return json.readTree(send(request("/extents?context=" + context)).body());
  }
}
