package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Ids;
import java.util.Arrays;

/** Addresses of things in the API. */
final class Hrefs {
  static final String API = "/ovirt-engine/api";

  private Hrefs() {}

  static Element ref(String name, String collection, String id) {
    return Element.ref(name, API + "/" + collection + "/" + id, id);
  }

  static Element cluster() {
    return ref("cluster", "clusters", Ids.CLUSTER);
  }

  static Element dataCenter() {
    return ref("data_center", "datacenters", Ids.DATA_CENTER);
  }

  static Element host() {
    return ref("host", "hosts", Ids.HOST);
  }

  static Element template(String name) {
    return ref(name, "templates", Ids.NONE);
  }

  static Element vm(String id) {
    return ref("vm", "vms", id);
  }

  static Element disk(String id) {
    return ref("disk", "disks", id);
  }

  /** The actions that can be posted below an address. */
  static Element actions(String href, String... names) {
    return Element.object("actions").addAll(links(href, names));
  }

  /** Links to what lies below an address. */
  static Iterable<Element> links(String href, String... names) {
    return Arrays.stream(names)
        .map(
            name ->
                Element.object("link").attribute("href", href + "/" + name).attribute("rel", name))
        .toList();
  }
}
