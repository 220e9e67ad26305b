package dev.stillpoint.activity;

import dev.stillpoint.model.SiteId;

/** Keeps how far the events of each site are numbered. Thread-safe; durable when a call returns. */
public interface EventNumberStore {

  /**
   * A number that was never given out for that site.
   *
   * @param above the number is higher than this one
   */
  int next(SiteId site, int above);
}
