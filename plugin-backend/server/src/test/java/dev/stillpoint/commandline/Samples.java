package dev.stillpoint.commandline;

/** Documents as the contract has them. */
final class Samples {

  static final String SITES =
      """
      {"items":[{"id":"s-1","name":"Büro 1","kind":"ovirt","url":"https://engine.example/ovirt-engine/api","username":"backup@internal"}]}""";

  static final String TWO_SITES =
      """
      {"items":[{"id":"s-1","name":"one"},{"id":"s-2","name":"two"}]}""";

  static final String VMS =
      """
      {"items":[{"id":"v-1","name":"web01","power":"up","cluster":"Default","disks":1,"provisionedBytes":2147483648},
      {"id":"v-2","name":"büro test","power":"down","cluster":"Default","disks":2,"provisionedBytes":1536}]}""";

  static final String SETTINGS =
      """
      {"id":"v-1","name":"web01","description":"The shop","power":"up","cluster":{"id":"c-1","name":"Default"},"hardware":{"sockets":2,"coresPerSocket":1,"threadsPerCore":1,"memoryBytes":1073741824,"guaranteedMemoryBytes":1073741824,"maximumMemoryBytes":4294967296,"firmware":"bios","highlyAvailable":false},"bootOrder":["hd"],"operatingSystem":"other_linux","disks":[{"id":"d-1","name":"web01_Disk1","bytesVirtual":2147483648,"format":"cow","storage":"nfs1","bus":"virtio_scsi","bootable":true,"active":true,"changeTracking":true,"backupRefusal":""}],"nics":[{"name":"nic1","model":"virtio","mac":"56:6f:00:00:00:01","profile":"ovirtmgmt","network":"ovirtmgmt","linked":true,"plugged":true}]}""";

  static final String POLICY =
      """
      {"id":"p-1","name":"nightly","site":"s-1","vms":["v-1","v-2"],"excludedDisks":["d-9"],"freeze":"try","enabled":true}""";

  static final String POINTS =
      """
      {"items":[{"id":"rp-1","type":"image","site":"s-1","vm":"v-1","vmName":"web01","time":"2026-11-21T05:30:00Z","created":"2026-11-21T05:30:09Z","run":"r-1","mode":"full","state":"partial","consistency":"crash","diskCount":1,"bytesVirtual":2147483648,"bytesRead":1048576,"bytesStored":524288}],"next":"LXRpbWU.cA"}""";

  static final String RUNS =
      """
      {"items":[{"id":"r-1","kind":"backup","site":"s-1","state":"failed","created":"2026-11-21T05:30:00Z","started":"2026-11-21T05:30:01Z","ended":"2026-11-21T05:31:15Z","seconds":74.0,"vmName":"büro test","vmCount":3,"bytesRead":1048576,"bytesStored":524288,"problem":"Storage nfs1 is full"}]}""";

  static final String VM_STATES =
      """
      {"items":[{"site":"s-1","vm":"v-1","vmName":"web01","run":"r-1","state":"failed","ended":"2026-11-21T05:31:15Z","good":"2026-11-20T05:31:15Z","point":"rp-1","problem":"Storage nfs1 is full"}]}""";

  static final String AUDIT =
      """
      {"items":[{"time":"2026-11-21T05:30:00Z","actor":"clerk@internal-authz","action":"runs.backup","subject":"runs/r-1","result":"done","detail":"backup of 1 VMs"}]}""";

  static final String POINT =
      """
      {"id":"rp-1","site":"s-1","vm":"v-1","vmName":"web01","time":"2026-07-21T05:30:00Z","created":"2026-07-21T05:30:09Z","run":"r-1","consistency":"filesystem","disks":[{"disk":"d-1","name":"web01_Disk1","bytesVirtual":2147483648,"mode":"full","reason":"first backup","bytesRead":1048576,"bytesStored":524288}],"leftOut":[{"disk":"d-2","name":"web01_lun","reason":"the engine cannot back up a direct LUN"}],"settings":%s}"""
          .formatted(SETTINGS);

  static final String PLAN =
      """
      {"point":"rp-1","mode":"in-place","vmName":"web01","disks":[{"disk":"d-1","name":"web01_Disk1","bytesVirtual":2147483648,"bytesToWrite":1048576,"storage":"nfs1","replaces":"d-1"}],"nics":[],"notes":["The old disk is removed at the end"],"refusals":[]}""";

  static final String REFUSED_PLAN =
      """
      {"point":"rp-1","mode":"in-place","vmName":"web01","disks":[],"nics":[],"notes":[],"refusals":[{"kind":"CONFLICT","detail":"VM web01 is running","remedy":"Shut it down."}]}""";

  private Samples() {}

  /** A backup of two VMs in that state, with so much of the first read. */
  static String run(String state, String vmState, long doneBytes) {
    String ended = state.equals("running") ? "" : "\"ended\":\"2026-11-21T05:31:15Z\",";
    return """
        {"id":"r-1","kind":"backup","site":"s-1","state":"%s","created":"2026-11-21T05:30:00Z","started":"2026-11-21T05:30:01Z",%s"vms":[
        {"vm":"v-1","vmName":"web01","state":"%s","point":"rp-1","notes":[],"disks":[{"disk":"d-1","name":"web01_Disk1","mode":"full","reason":"first backup","bytesVirtual":2147483648,"bytesTotal":1000000,"bytesDone":%d,"bytesRead":1048576,"bytesStored":524288,"seconds":3.25}]},
        {"vm":"v-2","vmName":"büro test","state":"%s","notes":["No guest agent"],"disks":[]}]}"""
        .formatted(state, ended, vmState, doneBytes, state.equals("running") ? "waiting" : vmState);
  }

  static String failedRun() {
    return """
        {"id":"r-1","kind":"restore","site":"s-1","state":"failed","created":"2026-11-21T05:30:00Z","problem":{"kind":"OUT_OF_SPACE","detail":"Storage nfs1 is full","remedy":"Free some."},"vms":[]}""";
  }
}
