/**
 * The engine's REST API and its login pages over HTTP. Entry type: {@link
 * dev.stillpoint.hypervisor.lab.rest.ApiServer}. May use {@code model} and {@code doc}. A request
 * is answered on a pool thread that holds the world's lock; it never waits.
 */
package dev.stillpoint.hypervisor.lab.rest;
