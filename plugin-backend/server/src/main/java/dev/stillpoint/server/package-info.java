/**
 * The composition root: reads the configuration, wires everything in plain Java, serves HTTP.
 *
 * <p>Entry type: {@link dev.stillpoint.server.ServerMain}. Adapters are found by {@code
 * ServiceLoader}; no adapter is named here.
 */
package dev.stillpoint.server;
