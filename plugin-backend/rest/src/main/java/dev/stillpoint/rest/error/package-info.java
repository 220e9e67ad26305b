/** How failures become problem documents (RFC 9457). */
package dev.stillpoint.rest.error;
