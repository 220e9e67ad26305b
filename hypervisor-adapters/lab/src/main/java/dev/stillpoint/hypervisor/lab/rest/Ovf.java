package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.model.Attachment;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.Nic;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;

/** The OVF of a VM, in the engine's dialect but with its main parts only. */
final class Ovf {
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private final World world;
  private final StringBuilder out = new StringBuilder();

  Ovf(World world) {
    this.world = world;
  }

  String of(Vm vm) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        .append("<ovf:Envelope xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1/\"")
        .append(" xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/")
        .append("CIM_ResourceAllocationSettingData\"")
        .append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        .append(" ovf:version=\"4.4.0.0\">");
    out.append("<Section xsi:type=\"ovf:DiskSection_Type\"><Info>List of Virtual Disks</Info>");
    vm.attachments().values().forEach(this::disk);
    out.append("</Section><Content ovf:id=\"out\" xsi:type=\"ovf:VirtualSystem_Type\">");
    leaf("Name", vm.name());
    leaf("Description", vm.settings().textAt("description").orElse(""));
    leaf("ClusterCompatibilityVersion", "4.8");
    out.append("<Section ovf:id=\"")
        .append(vm.id())
        .append("\" ovf:required=\"false\" xsi:type=\"ovf:OperatingSystemSection_Type\">");
    leaf("Info", "Guest Operating System");
    leaf("Description", vm.settings().textAt("os/type").orElse(""));
    out.append("</Section><Section xsi:type=\"ovf:VirtualHardwareSection_Type\">");
    hardware(vm);
    vm.nics().values().forEach(this::nic);
    out.append("</Section></Content></ovf:Envelope>");
    return out.toString();
  }

  private void disk(Attachment attachment) {
    Disk disk = world.disk(attachment.disk());
    // Sizes in an OVF of the engine are whole GiB, rounded up.
    long gib = (disk.content().sizeBytes() + GIB - 1) / GIB;
    out.append("<Disk ovf:diskId=\"").append(disk.imageId());
    out.append("\" ovf:size=\"").append(gib);
    out.append("\" ovf:fileRef=\"").append(disk.id()).append('/').append(disk.imageId());
    out.append("\" ovf:volume-format=\"")
        .append(disk.spec().format().equals("cow") ? "COW" : "RAW");
    out.append("\" ovf:disk-interface=\"").append(attachment.bus());
    out.append("\" ovf:boot=\"").append(attachment.bootable());
    out.append("\" ovf:disk-alias=\"");
    escape(disk.name());
    out.append("\"></Disk>");
  }

  private void hardware(Vm vm) {
    out.append("<Item>");
    leaf("rasd:Caption", "virtual cpu");
    leaf("rasd:ResourceType", "3");
    leaf("rasd:num_of_sockets", vm.settings().textAt("cpu/topology/sockets").orElse("1"));
    leaf("rasd:cpu_per_socket", vm.settings().textAt("cpu/topology/cores").orElse("1"));
    leaf("rasd:threads_per_cpu", vm.settings().textAt("cpu/topology/threads").orElse("1"));
    out.append("</Item><Item>");
    leaf("rasd:Caption", "memory");
    leaf("rasd:ResourceType", "4");
    leaf("rasd:AllocationUnits", "MegaBytes");
    long memory = vm.settings().textAt("memory").map(Long::parseLong).orElse(0L);
    leaf("rasd:VirtualQuantity", Long.toString(memory / MIB));
    out.append("</Item>");
  }

  private void nic(Nic nic) {
    out.append("<Item>");
    leaf("rasd:Caption", "Ethernet adapter");
    leaf("rasd:InstanceId", nic.id());
    leaf("rasd:ResourceType", "10");
    leaf("rasd:Name", nic.name());
    leaf("rasd:MACAddress", nic.mac());
    out.append("</Item>");
  }

  private void leaf(String name, String text) {
    out.append('<').append(name).append('>');
    escape(text);
    out.append("</").append(name).append('>');
  }

  private void escape(String text) {
    out.append(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
  }
}
