/**
 * The port's contract, as a test that every adapter runs, and a fake site that passes it.
 *
 * <p>Entry types: {@link dev.stillpoint.hypervisor.testing.SiteContract} for adapters, {@link
 * dev.stillpoint.hypervisor.testing.FakeSite} for tests that need a manager but no real one.
 */
package dev.stillpoint.hypervisor.testing;
