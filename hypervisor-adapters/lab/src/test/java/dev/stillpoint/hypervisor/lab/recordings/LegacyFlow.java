package dev.stillpoint.hypervisor.lab.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.ApiClient;
import dev.stillpoint.hypervisor.lab.LabEngine;

/** The recordings of backups without a snapshot: one that succeeds, one that ends too early. */
record LegacyFlow(LabEngine lab, ApiClient api, Replay replay) {
  /** Replays them. */
  void run(String vm, String disk) {
    String body = "<backup><disks><disk id=\"" + disk + "\"/></disks></backup>";
    String backups = "/vms/" + vm + "/backups";
    String first = backups + "/" + api.post(backups, body).id().orElseThrow();
    api.watch(first, "phase", "ready");
    api.post(first + "/finalize", "<action/>");
    api.watch(first, "phase", "succeeded");

    replay.learn("d5b78b05-cef6-4efc-8e66-8cda75e183b2", lab.checkpoints(vm).get(0));
    lab.hold();
    replay.send("79-legacy-incr-post-initializing");
    String live = backups + "/" + replay.translated("b6b723a2-8974-4f24-84cf-b162cc2afa70");
    assertThat(api.watchSteps(lab, live, "phase", "starting"))
        .containsExactly("initializing", "starting");
    replay.send("80-legacy-incr-starting");
    lab.goOn();
    api.watch(live, "phase", "ready");
    replay.send("81-legacy-incr-ready");
    api.post(live + "/finalize", "<action/>");
    api.watch(live, "phase", "succeeded");
    replay.send("82-legacy-incr-final-succeeded");

    lab.hold();
    String early = api.post(backups + "?legacy=true", body).id().orElseThrow();
    replay.learn("4d36a980-9b6d-46a3-b96f-187cbcf837b4", early);
    replay.send("83-legacy-failing-finalize-early-400");
    lab.goOn();
    api.watch(backups + "/" + early, "phase", "failed");
    replay.send("84-legacy-failing-failed");
  }
}
