package dev.stillpoint.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DownloadNameTest {

  @Test
  void plainNamesStayAsTheyAre() {
    assertThat(DownloadName.attachment("web01-root", ".raw"))
        .isEqualTo("attachment; filename=\"web01-root.raw\"; filename*=UTF-8''web01-root.raw");
  }

  @Test
  void lettersOfTheWorldAreKeptForThoseWhoCanReadThem() {
    assertThat(DownloadName.attachment("büro 50%", ".raw"))
        .isEqualTo("attachment; filename=\"b_ro 50_.raw\"; filename*=UTF-8''b%C3%BCro%2050%25.raw");
    assertThat(DownloadName.attachment("\uD83D\uDCBE", ".raw"))
        .isEqualTo("attachment; filename=\"_.raw\"; filename*=UTF-8''%F0%9F%92%BE.raw");
  }

  @Test
  void nothingEndsTheHeaderOrLeavesTheFolder() {
    assertThat(DownloadName.attachment("a\"; x=\r\ny/../\\:\u202Eb", ".raw"))
        .isEqualTo(
            "attachment; filename=\"a_; x=__y_..____b.raw\";"
                + " filename*=UTF-8''a_%3B%20x%3D__y_..____b.raw");
    assertThat(DownloadName.attachment("../../etc/passwd", ".raw"))
        .startsWith("attachment; filename=\"_._.._etc_passwd.raw\"");
    assertThat(DownloadName.attachment("\ud800", ".raw")).contains("\"_.raw\"");
  }

  @Test
  void longNamesAreCut() {
    assertThat(DownloadName.attachment("\uD83D\uDCBE".repeat(500), ".raw"))
        .contains("\"" + "_".repeat(60) + ".raw\"");
  }
}
