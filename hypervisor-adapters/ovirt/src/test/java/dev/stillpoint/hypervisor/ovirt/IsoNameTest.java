package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IsoNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools.iso|tools.iso",
        "Windows 10 (x64).ISO|Windows-10-x64.iso",
        "/tmp/../etc/passwd|passwd.iso",
        "C:\\isos\\büro.iso|büro.iso",
        ".iso|image.iso",
        "'  '|image.iso",
        "...|image.iso",
        "<script>&\"'|script.iso",
        "日本語.iso|日本語.iso",
        "a\u0301.iso|á.iso"
      })
  void isWhatTheEngineTakes(String file, String disk) {
    assertThat(IsoName.of(file)).isEqualTo(disk).matches("[\\p{L}0-9._-]+\\.iso");
  }

  @ParameterizedTest
  @CsvSource({"x", "日"})
  void isNeverTooLong(String letter) {
    assertThat(IsoName.of(letter.repeat(5000) + ".iso")).hasSize(104);
  }
}
