package dev.stillpoint.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RunsCsvTest {

  @Test
  void quotesWhatWouldBreakARow() {
    assertThat(RunsCsv.cell("web01")).isEqualTo("web01");
    assertThat(RunsCsv.cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(RunsCsv.cell("the \"shop\"")).isEqualTo("\"the \"\"shop\"\"\"");
    assertThat(RunsCsv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void aNameIsNoFormula() {
    assertThat(RunsCsv.cell("=HYPERLINK(1)")).isEqualTo("'=HYPERLINK(1)");
    assertThat(RunsCsv.cell("-1+2,3")).isEqualTo("\"'-1+2,3\"");
    assertThat(RunsCsv.cell("@x")).isEqualTo("'@x");
    assertThat(RunsCsv.cell("\tx")).isEqualTo("'\tx");
    assertThat(RunsCsv.cell("web-01")).isEqualTo("web-01");
  }
}
