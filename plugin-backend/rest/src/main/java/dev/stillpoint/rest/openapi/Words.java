package dev.stillpoint.rest.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The only words that a text may be; of a list, each of its items. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER})
public @interface Words {

  /** Words beside those of {@link #of}. */
  String[] value() default {};

  /** Whose constants they are, in small letters. */
  Class<? extends Enum<?>>[] of() default {};

  /** The constants as they are written, in capital letters. */
  boolean capitals() default false;

  /** Each word also with a minus in front: a descending order. */
  boolean signed() default false;
}
