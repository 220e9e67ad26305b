package dev.stillpoint.persistence;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.page.Cursor;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * One page of a list as SQL: the conditions that are asked for and no others (one that may be off
 * keeps an index from being used), and where the page begins as a comparison with the row before.
 */
final class ListQuery {

  private final String from;
  private final List<SortColumn> order;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, List<String>> lists = new LinkedHashMap<>();

  /** A column by which the list is sorted, and how its values are kept in a {@link Cursor}. */
  record SortColumn(String column, boolean number) {

    static SortColumn text(String column) {
      return new SortColumn(column, false);
    }

    static SortColumn number(String column) {
      return new SortColumn(column, true);
    }

    private Object value(String text) {
      try {
        return number ? (Object) Long.valueOf(text) : text;
      } catch (NumberFormatException e) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "A page of this list does not begin after '" + text + "'",
            "Send the 'next' of the page before.",
            e);
      }
    }
  }

  /**
   * @param from the columns and the tables: {@code select … from …}
   * @param order together different for each row
   */
  ListQuery(String from, List<SortColumn> order) {
    this.from = from;
    this.order = List.copyOf(order);
  }

  /** A value that stands among the columns. */
  ListQuery with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /**
   * @param condition with {@code :name} for the value
   */
  ListQuery where(String condition, String name, Optional<?> value) {
    value.ifPresent(
        given -> {
          conditions.add(condition);
          values.put(name, given);
        });
    return this;
  }

  /**
   * @param condition with {@code (<name>)} for the values
   */
  ListQuery among(String condition, String name, Optional<? extends Collection<String>> allowed) {
    allowed.ifPresent(
        given -> {
          conditions.add(given.isEmpty() ? "1 = 0" : condition);
          if (!given.isEmpty()) {
            lists.put(name, List.copyOf(given));
          }
        });
    return this;
  }

  /** One row more than the page has tells whether there is another page. */
  String sql(Slice<?> slice) {
    List<String> all = new ArrayList<>(conditions);
    List<String> columns = order.stream().map(SortColumn::column).toList();
    String direction = slice.descending() ? " desc" : "";
    slice
        .after()
        .ifPresent(
            cursor ->
                all.add(
                    "(%s) %s (%s)"
                        .formatted(
                            String.join(", ", columns),
                            slice.descending() ? "<" : ">",
                            String.join(
                                ", ",
                                IntStream.range(0, columns.size())
                                    .mapToObj(i -> ":after" + i)
                                    .toList()))));
    return from
        + (all.isEmpty() ? "" : " where " + String.join(" and ", all))
        + " order by "
        + String.join(", ", columns.stream().map(column -> column + direction).toList())
        + " limit "
        + (slice.limit() + 1);
  }

  <T> Page<T> page(Transactions transactions, Slice<?> slice, RowMapper<T> mapper) {
    List<Row<T>> rows =
        transactions.read(
            handle ->
                bound(handle, slice)
                    .map(
                        (row, context) -> {
                          List<String> key = new ArrayList<>();
                          for (int i = 0; i < order.size(); i++) {
                            key.add(row.getString("key" + i));
                          }
                          return new Row<>(mapper.map(row, context), key);
                        })
                    .list());
    List<T> items = rows.stream().limit(slice.limit()).map(Row::item).toList();
    Optional<Cursor> next =
        rows.size() > slice.limit()
            ? Optional.of(slice.behind(rows.get(slice.limit() - 1).key()))
            : Optional.empty();
    return new Page<>(items, next);
  }

  private record Row<T>(T item, List<String> key) {}

  private Query bound(Handle handle, Slice<?> slice) {
    Query query = handle.createQuery(sql(slice));
    values.forEach(query::bind);
    lists.forEach(query::bindList);
    slice.after().ifPresent(cursor -> bindKey(query, cursor));
    return query;
  }

  private void bindKey(Query query, Cursor cursor) {
    if (cursor.key().size() != order.size()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "No page of this list begins after '" + cursor.text() + "'",
          "Send the 'next' of the page before.");
    }
    for (int i = 0; i < order.size(); i++) {
      query.bind("after" + i, order.get(i).value(cursor.key().get(i)));
    }
  }

  /** The columns of the order, to be selected with the others. */
  static String keys(List<SortColumn> order) {
    return String.join(
        ", ",
        IntStream.range(0, order.size())
            .mapToObj(i -> order.get(i).column() + " as key" + i)
            .toList());
  }
}
