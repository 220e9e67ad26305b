package dev.stillpoint.rest.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a method answers that says no more than {@code Response}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Answer.All.class)
public @interface Answer {

  int status();

  /** What stands in it; {@code InputStream} for bytes, {@code void} for nothing. */
  Class<?> body();

  /** When it is this one. */
  String when();

  /** Several, by status. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Answer[] value();
  }
}
