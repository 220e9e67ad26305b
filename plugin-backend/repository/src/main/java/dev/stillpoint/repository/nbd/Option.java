package dev.stillpoint.repository.nbd;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * One option as a client sent it.
 *
 * @param code one of the OPT numbers, or one that we do not know
 * @param data read from its start by one of the methods, once
 */
record Option(int code, ByteBuffer data) {

  /** The data of INFO and GO. */
  record Info(String export, List<Integer> requests) {}

  /** The data of the META_CONTEXT options. */
  record Contexts(String export, List<String> queries) {}

  String wholeAsName() throws RefusedOption {
    return text(data.remaining());
  }

  void requireEmpty() throws RefusedOption {
    if (data.hasRemaining()) {
      throw RefusedOption.invalid("Option " + code + " has no data");
    }
  }

  Info info() throws RefusedOption {
    try {
      String export = text(data.getInt());
      List<Integer> requests = new ArrayList<>();
      int count = Short.toUnsignedInt(data.getShort());
      for (int i = 0; i < count; i++) {
        requests.add(Short.toUnsignedInt(data.getShort()));
      }
      requireEmpty();
      return new Info(export, requests);
    } catch (BufferUnderflowException e) {
      throw tooShort();
    }
  }

  Contexts contexts() throws RefusedOption {
    try {
      String export = text(data.getInt());
      List<String> queries = new ArrayList<>();
      int count = data.getInt();
      for (int i = 0; i != count; i++) {
        queries.add(text(data.getInt()));
      }
      requireEmpty();
      return new Contexts(export, queries);
    } catch (BufferUnderflowException e) {
      throw tooShort();
    }
  }

  private String text(int length) throws RefusedOption {
    if (length < 0 || length > data.remaining()) {
      throw tooShort();
    }
    if (length > NbdText.MAX_BYTES) {
      throw new RefusedOption(Wire.REP_ERR_TOO_BIG, "Text is longer than 4096 bytes");
    }
    ByteBuffer bytes = data.slice(data.position(), length);
    data.position(data.position() + length);
    try {
      return NbdText.decode(bytes);
    } catch (CharacterCodingException e) {
      throw RefusedOption.invalid("Text is not UTF-8");
    }
  }

  private RefusedOption tooShort() {
    return RefusedOption.invalid("The data of option " + code + " are cut short");
  }
}
