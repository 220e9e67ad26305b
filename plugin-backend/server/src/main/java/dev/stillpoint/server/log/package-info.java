/** How the log is written: for people, or a line of JSON for each event. */
package dev.stillpoint.server.log;
