package dev.stillpoint.model;

/**
 * Where somebody goes on who was refused: the part of Stillpoint that shows what he looks for. Each
 * client has its own way there: a page of the console, a command of the command line.
 */
public enum Place {
  SITES,
  VMS,
  GROUPS,
  POLICIES,
  /** Those of now and those that were deleted. */
  PAST_POLICIES,
  RUNS,
  POINTS,
  /** What keeps a restore point from being deleted. */
  HOLDS,
  RESTORE,
  REPOSITORY
}
