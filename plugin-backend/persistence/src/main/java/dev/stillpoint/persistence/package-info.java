/**
 * The core's stores in a database: sites, passwords, policies, runs, the journal, the catalog; and
 * the document that a restore point's manifest carries.
 *
 * <p>Entry types: {@link dev.stillpoint.persistence.Database}, {@link
 * dev.stillpoint.persistence.RestorePointDocument}. Uses JDBC, Flyway and Jackson; the core knows
 * none of them. Everything here may be used from any thread; every call is one transaction.
 */
package dev.stillpoint.persistence;
