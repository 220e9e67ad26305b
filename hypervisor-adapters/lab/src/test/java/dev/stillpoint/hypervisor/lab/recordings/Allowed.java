package dev.stillpoint.hypervisor.lab.recordings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where the lab may differ from the real engine, each with its reason. */
final class Allowed {
  /** Recordings that are not replayed at all. */
  static final Map<String, String> NOT_REPLAYED =
      Map.ofEntries(
          Map.entry("09-pki-resource-ca", "needs a lab with a key: TlsTest"),
          Map.entry("41-imageio-checksum", "the lab computes no checksums and does not offer them"),
          Map.entry("89-snapshot-post", "only backups make snapshots in the lab"),
          Map.entry("90-snapshot-ok", "only backups make snapshots in the lab"),
          Map.entry("91-snapshot-disks", "only backups make snapshots in the lab"),
          Map.entry("92-snapshot-delete", "only backups make snapshots in the lab"));

  /** Leaves of a recording that the lab does not send. */
  private static final List<Pattern> LEFT_OUT =
      List.of(
          // The lab links only to what it has.
          Pattern.compile(".*/link\\[\\w+(/search)?\\](@.*|/.*)?"),
          // The lab has one cluster and one host; nobody configures them through it.
          Pattern.compile("clusters/cluster/(actions|link|custom_|error_|fencing|fips|firewall).*"),
          Pattern.compile("clusters/cluster/(gluster|ha_|ksm|log_|memory_policy|migration).*"),
          Pattern.compile("clusters/cluster/(required_rng|switch|threads|trusted|tunnel).*"),
          Pattern.compile("clusters/cluster/(upgrade|vnc|mac_pool|scheduling).*"),
          Pattern.compile("hosts/host/(actions|link|auto_numa|certificate|device_pass).*"),
          Pattern.compile("hosts/host/(hardware|iscsi|kdump|ksm|libvirt|max_sched|numa|os|ovn).*"),
          Pattern.compile("hosts/host/(power|protocol|reinst|se_linux|ssh|summary|transp).*"),
          Pattern.compile("hosts/host/(update|vgpu).*"),
          // Storage in the lab is a directory; it has no features to tell of.
          Pattern.compile("storage_domains/storage_domain/(actions|link|discard|supports).*"),
          Pattern.compile("storage_domains/storage_domain/(warning|wipe).*"),
          Pattern.compile("/storage_domain\\[\\]/(actions|link|discard|supports|warning|wipe).*"),
          // Displays, icons and single sign-on of guests: nobody looks into a lab's guests.
          Pattern.compile(".*(vm|)(\\[\\])?/display/certificate.*"),
          Pattern.compile(".*/(large_icon|small_icon|sso).*"),
          // Told with all content only, and of no use to a backup.
          Pattern.compile("vm/(console|rng_device|virtio_scsi)(/.*)?|vm/(soundcard|tpm)_enabled"),
          // No checksums, and no socket but the loopback's.
          Pattern.compile("/features\\[checksum\\]|/unix_socket"),
          // Nobody copies, moves or converts disks in the lab.
          Pattern.compile("(.*/)?disk/actions.*"),
          Pattern.compile("/actions(/link)?"),
          // What nobody does to a lab's network card or snapshot.
          Pattern.compile(".*/(nic|snapshot)/(actions|link).*"),
          Pattern.compile("api/engine_backup"));

  private Allowed() {}

  static boolean isLeftOut(String path) {
    return LEFT_OUT.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }
}
