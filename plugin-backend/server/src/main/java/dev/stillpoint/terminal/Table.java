package dev.stillpoint.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Aligned columns of text. A heading that begins with {@code >} aligns its column right. */
public final class Table {

  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    right = List.of(headings).stream().map(heading -> heading.startsWith(">")).toList();
    rows.add(List.of(headings).stream().map(h -> h.startsWith(">") ? h.substring(1) : h).toList());
  }

  /** Adds a row with one cell per heading. */
  public void row(String... cells) {
    if (cells.length != right.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + right.size() + " columns");
    }
    rows.add(List.of(cells).stream().map(Wording::harmless).toList());
  }

  public void print(PrintWriter out) {
    int[] widths =
        IntStream.range(0, right.size())
            .map(
                column ->
                    rows.stream().mapToInt(row -> Wording.width(row.get(column))).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String space = " ".repeat(widths[column] - Wording.width(cell));
        line.append(right.get(column) ? space + cell : cell + space).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
