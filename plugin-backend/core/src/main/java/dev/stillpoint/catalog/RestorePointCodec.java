package dev.stillpoint.catalog;

/** Writes a restore point as the document that its manifest carries, and reads it back. */
public interface RestorePointCodec {

  String write(RestorePoint point);

  /**
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when it is not such a document
   */
  RestorePoint read(String document);
}
