/**
 * The vocabulary every module shares: identifiers, amounts, ranges, errors, time and cancellation.
 *
 * <p>Uses the JDK only. Every type here is immutable unless its documentation says otherwise.
 */
package dev.stillpoint.model;
