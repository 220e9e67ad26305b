/**
 * Which VMs are protected, by what, and which are not, and why.
 *
 * <p>Entry types: {@link dev.stillpoint.protection.ProtectionReport} and {@link
 * dev.stillpoint.protection.ProtectionPage}, which are pure, and {@link
 * dev.stillpoint.protection.Protection}, which asks the managers.
 */
package dev.stillpoint.protection;
