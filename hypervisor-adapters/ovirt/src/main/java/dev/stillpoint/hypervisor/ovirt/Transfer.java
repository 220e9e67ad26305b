package dev.stillpoint.hypervisor.ovirt;

/** An open image transfer. Its URLs are credentials, so it prints without them. */
record Transfer(String id, String hostUrl, String proxyUrl, String name) {

  @Override
  public String toString() {
    return "Transfer[" + id + " of " + name + "]";
  }
}
