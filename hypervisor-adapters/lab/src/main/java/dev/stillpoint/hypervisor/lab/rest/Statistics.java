package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Ids;

/** The statistics of one thing as the API shows them. */
final class Statistics {
  private final String owner;
  private final Element ownerRef;
  private final Element list = Element.list("statistics");

  /**
   * @param owner the path of the thing, below the API
   * @param ownerRef the reference to it that every value carries
   */
  Statistics(String owner, Element ownerRef) {
    this.owner = owner;
    this.ownerRef = ownerRef;
  }

  void gauge(String name, String description, String unit, long value) {
    add(name, description, "gauge", unit, value);
  }

  void counter(String name, String description, long value) {
    add(name, description, "counter", "none", value);
  }

  private void add(String name, String description, String kind, String unit, long value) {
    list.add(
        Hrefs.ref("statistic", owner + "/statistics", Ids.named(owner + name))
            .add("name", name)
            .add("description", description)
            .add("kind", kind)
            .add("type", "decimal")
            .add("unit", unit)
            .add(Element.list("values").add(Element.object("value").add("datum", value)))
            .add(ownerRef));
  }

  Element document() {
    return list;
  }
}
