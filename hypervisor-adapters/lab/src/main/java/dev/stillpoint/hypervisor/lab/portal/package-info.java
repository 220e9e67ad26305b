/**
 * A page that plays the part of oVirt's administration portal for UI plug-ins, and the web server
 * in front of it. Entry: {@link dev.stillpoint.hypervisor.lab.portal.PortalPages}. Handlers may be
 * called from any thread. The page itself is plain JavaScript among the resources.
 */
package dev.stillpoint.hypervisor.lab.portal;
