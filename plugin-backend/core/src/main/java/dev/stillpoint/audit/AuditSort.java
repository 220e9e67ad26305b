package dev.stillpoint.audit;

/** By what the audit log is sorted. */
public enum AuditSort {
  TIME
}
