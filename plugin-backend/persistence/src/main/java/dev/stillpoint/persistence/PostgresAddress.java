package dev.stillpoint.persistence;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and as whom we log in there.
 *
 * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE[?sslmode=…&…]}, without a password
 * @param passwordFile one line, readable by its owner only; empty where the server asks for none
 */
public record PostgresAddress(String url, String user, Optional<Path> passwordFile) {

  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql://[^/?]+/[^/?]+(\\?.*)?", Pattern.DOTALL);
  private static final Pattern SECRET = Pattern.compile("[?&](password|sslpassword)=");

  public PostgresAddress {
    requireNonNull(url, "url");
    requireNonNull(user, "user");
    requireNonNull(passwordFile, "passwordFile");
    if (SECRET.matcher(url.toLowerCase(Locale.ROOT)).find()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The database's URL holds a password",
          "Put it into a file of its own and name that with database.password-file.");
    }
    if (!URL.matcher(url).matches()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Not the URL of a PostgreSQL database: " + url,
          "Write it like jdbc:postgresql://db.example:5432/stillpoint");
    }
    if (user.isBlank()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The database " + url + " needs a user",
          "Name it with database.user.");
    }
  }

  /** Without the parameters: {@code //db.example:5432/stillpoint}. */
  String place() {
    int end = url.indexOf('?');
    return url.substring("jdbc:postgresql:".length(), end < 0 ? url.length() : end);
  }
}
