/**
 * Keys: names content, seals and opens it.
 *
 * <p>Entry type {@link dev.stillpoint.repository.crypto.ContentCiphers}. Uses the JDK's SHA-256,
 * HMAC and AES, and Bouncy Castle for deriving keys from passphrases.
 */
package dev.stillpoint.repository.crypto;
