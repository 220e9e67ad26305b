package dev.stillpoint.repository.blob;

/** The answer of a storage that cannot claim space. */
final class NoClaims implements SpaceClaims {

  @Override
  public void makeFolder(String folder) {
    // Who can claim nothing has no use for it.
  }

  @Override
  public boolean claim(BlobName name, long bytes) {
    return false;
  }

  @Override
  public BlobAppender takeOver(BlobName claimed, BlobName name) {
    throw new IllegalStateException("Nothing was claimed as " + claimed);
  }

  @Override
  public void publish(BlobName claimed, BlobName name, byte[] content) {
    throw new IllegalStateException("Nothing was claimed as " + claimed);
  }

  @Override
  public long room(BlobName name) {
    return 0;
  }

  @Override
  public void trim(BlobName name) {
    // There is no room to give back.
  }

  @Override
  public void release(BlobName name) {
    // There is nothing to release.
  }
}
