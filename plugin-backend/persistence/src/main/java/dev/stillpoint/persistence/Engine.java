package dev.stillpoint.persistence;

import com.zaxxer.hikari.HikariConfig;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** A kind of database: how it is reached, what its dialect needs, what its failures mean. */
interface Engine {

  /** Which database it is, for messages. */
  String title();

  /** Connections that are not pooled. */
  DataSource dataSource();

  void settle(HikariConfig pool);

  /** What stands for the placeholders of the migrations. */
  Map<String, String> placeholders();

  /** Where the migrations lie. */
  List<String> scripts();

  /** Makes the transaction that just began the only one that writes, until it ends. */
  void enterAlone(Handle handle);

  /**
   * The right to work with it; empty when another server has it.
   *
   * @param onLoss told when another server has it nevertheless
   */
  Optional<ServerLease> lease(Runnable onLoss);

  /**
   * Whether the connection was found broken: another may do. Not so when none could be had at all.
   */
  boolean lostConnection(Exception failure);

  /** Turns what the database says into what an administrator can act on. */
  StillpointException translate(Exception failure);
}
