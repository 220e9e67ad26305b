/** Interim store: one pack, one index in memory. To be replaced by the real one. */
package dev.stillpoint.repository;
