/**
 * Shows runs in the manager's own events and task list.
 *
 * <p>Entry type: {@link dev.stillpoint.activity.ActivityReporter}, with a thread of its own: a
 * manager that is slow, away or refuses never holds a run up.
 */
package dev.stillpoint.activity;
