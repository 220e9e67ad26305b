/**
 * Pure functions between the SDK's types and the port's.
 *
 * <p>Entry types: {@link dev.stillpoint.hypervisor.ovirt.mapping.VmMapping}, {@link
 * dev.stillpoint.hypervisor.ovirt.mapping.DiskMapping}. The SDK leaves out what the engine did not
 * send, so every getter may answer null; none of that passes this package.
 */
package dev.stillpoint.hypervisor.ovirt.mapping;
