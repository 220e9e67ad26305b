package dev.stillpoint.catalog;

import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.Repository;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the catalog list exactly what the repository holds: the manifests are the truth. */
public final class CatalogRebuilder {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogRebuilder.class);

  private final Repository repository;
  private final Catalog catalog;
  private final RestorePointCodec codec;

  public CatalogRebuilder(Repository repository, Catalog catalog, RestorePointCodec codec) {
    this.repository = repository;
    this.catalog = catalog;
    this.codec = codec;
  }

  /**
   * Adds what is missing, removes what is gone; a manifest it cannot read is logged and left.
   *
   * @param removing is told of a point before it is removed
   */
  public void rebuild(Consumer<RestorePointId> removing) {
    Set<RestorePointId> listed = catalog.ids();
    Set<RestorePointId> kept = new HashSet<>();
    for (Manifest manifest : repository.manifests()) {
      kept.add(manifest.id());
      if (!listed.contains(manifest.id())) {
        add(manifest);
      }
    }
    for (RestorePointId id : listed) {
      if (!kept.contains(id)) {
        removing.accept(id);
        catalog.remove(id);
        LOG.info("catalog point={} removed: the repository has no such manifest", id);
      }
    }
  }

  private void add(Manifest manifest) {
    try {
      catalog.add(codec.read(manifest.document()));
      LOG.info("catalog point={} added from its manifest", manifest.id());
    } catch (StillpointException e) {
      LOG.error("catalog point={} left out: {}", manifest.id(), e.getMessage());
    }
  }
}
