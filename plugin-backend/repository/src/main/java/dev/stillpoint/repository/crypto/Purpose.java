package dev.stillpoint.repository.crypto;

/** What the derived keys of format v1 are for: the info strings of HKDF. */
final class Purpose {

  static final String CHUNK_IDS = "stillpoint v1 chunk ids";

  /** Followed by 0 to 255 in decimal. */
  static final String RECORDS = "stillpoint v1 records ";

  static final String DOCUMENTS = "stillpoint v1 documents";
  static final String NAMES = "stillpoint v1 names";
  static final String CHECK = "stillpoint v1 check";

  private Purpose() {}
}
