package dev.stillpoint.hypervisor.ovirt.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;

import dev.stillpoint.hypervisor.DiskSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ovirt.engine.sdk4.builders.DiskAttachmentBuilder;
import org.ovirt.engine.sdk4.builders.DiskBuilder;
import org.ovirt.engine.sdk4.types.DiskBackup;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.DiskStorageType;

final class DiskMappingTest {

  @Test
  void tellsADiskAsItHangsOnItsVm() {
    DiskSettings settings = settings(image(), diskAttachment().bootable(true).active(true));

    assertThat(settings.name()).isEqualTo("d1");
    assertThat(settings.size().bytes()).isEqualTo(1024);
    assertThat(settings.changeTracking()).isTrue();
    assertThat(settings.bootable()).isTrue();
    assertThat(settings.readOnly()).isFalse();
    assertThat(settings.bus()).isEqualTo("virtio_scsi");
    assertThat(settings.storage().name()).isEqualTo("data1");
    assertThat(settings.backupRefusal()).isEmpty();
  }

  @Test
  void saysWhyTheEngineWouldSilentlyLeaveADiskOut() {
    assertThat(
            settings(image().storageType(DiskStorageType.LUN), diskAttachment().active(true))
                .backupRefusal())
        .contains("direct LUN");
    assertThat(settings(image().shareable(true), diskAttachment().active(true)).backupRefusal())
        .contains("shared");
    assertThat(settings(image(), diskAttachment().active(false)).backupRefusal())
        .contains("not activated");
  }

  @Test
  void saysWhyADiskIsReadInFull() {
    assertThat(DiskMapping.fullReadReason(image().format(DiskFormat.RAW).build()))
        .isEqualTo("raw disks have no change tracking");
    assertThat(DiskMapping.fullReadReason(image().backup(DiskBackup.NONE).build()))
        .contains("not enabled");
    assertThat(DiskMapping.fullReadReason(image().build())).contains("last backup");
  }

  @Test
  void livesWithADiskOfWhichTheEngineSaysNearlyNothing() {
    DiskSettings settings = settings(disk().id("1"), diskAttachment());

    assertThat(settings.size().bytes()).isZero();
    assertThat(settings.storage().id()).isEmpty();
    assertThat(settings.changeTracking()).isFalse();
  }

  private static DiskBuilder image() {
    return disk()
        .id("1")
        .alias("d1")
        .provisionedSize(1024)
        .format(DiskFormat.COW)
        .backup(DiskBackup.INCREMENTAL)
        .storageType(DiskStorageType.IMAGE)
        .storageDomains(storageDomain().id("s1"));
  }

  private static DiskSettings settings(DiskBuilder disk, DiskAttachmentBuilder attachment) {
    return DiskMapping.settings(
        attachment.disk(disk).interface_(DiskInterface.VIRTIO_SCSI).build(), Map.of("s1", "data1"));
  }
}
