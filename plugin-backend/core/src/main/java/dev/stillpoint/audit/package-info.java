/**
 * Who did what and when, what the server did by itself, and how it went. Never a secret.
 *
 * <p>Entry types: {@link dev.stillpoint.audit.AuditTrail} writes, {@link
 * dev.stillpoint.audit.AuditLog} keeps. Thread-safe.
 */
package dev.stillpoint.audit;
