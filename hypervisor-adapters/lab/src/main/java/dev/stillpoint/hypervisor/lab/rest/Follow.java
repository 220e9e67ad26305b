package dev.stillpoint.hypervisor.lab.rest;

import java.util.Arrays;
import java.util.List;

/** Which links the caller wants to have filled in: paths such as disk_attachments.disk. */
record Follow(List<String> paths) {
  static Follow parse(String text) {
    return new Follow(
        Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList());
  }

  boolean wants(String name) {
    return paths.stream().anyMatch(path -> path.equals(name) || path.startsWith(name + "."));
  }

  /** What is wanted inside a link. */
  Follow into(String name) {
    return new Follow(
        paths.stream()
            .filter(path -> path.startsWith(name + "."))
            .map(path -> path.substring(name.length() + 1))
            .toList());
  }
}
