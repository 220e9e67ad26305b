package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.model.World;

/** All the paths of the API. */
final class Resources {
  private Resources() {}

  static Routes all(World world, Engine engine, Sessions sessions, ApiServer.Setup setup) {
    Routes routes = new Routes();
    DiskDocuments disks = new DiskDocuments(world);
    VmDocuments vms = new VmDocuments(world, disks);
    new InventoryResources(world, sessions).addTo(routes);
    new VmResources(world, engine, vms).addTo(routes);
    new OrganisationResources(world, sessions).addTo(routes);
    new DeviceResources(world, engine, vms).addTo(routes);
    new DiskResources(world, engine, disks).addTo(routes);
    new BackupResources(world, engine, disks).addTo(routes);
    new ActivityResources(world).addTo(routes);
    new TransferResources(world, engine, setup.imageUrl()).addTo(routes);
    return routes;
  }
}
