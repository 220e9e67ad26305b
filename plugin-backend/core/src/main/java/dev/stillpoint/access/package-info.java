/**
 * Who calls and what he may: whoever holds the server's token may everything, whoever holds one of
 * a manager's may what the manager lets him.
 *
 * <p>Entry types: {@link dev.stillpoint.access.Access}, {@link dev.stillpoint.access.Identities}.
 */
package dev.stillpoint.access;
