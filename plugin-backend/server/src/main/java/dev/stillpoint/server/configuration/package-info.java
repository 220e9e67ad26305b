/**
 * The server's settings, read once from one file into records, every key with type, unit, default,
 * range and reason; all problems are reported together.
 */
package dev.stillpoint.server.configuration;
