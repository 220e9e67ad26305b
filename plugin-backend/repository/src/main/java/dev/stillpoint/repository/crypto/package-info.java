/**
 * Keys: names content, seals and opens it.
 *
 * <p>Entry types {@link dev.stillpoint.repository.crypto.ContentCiphers} for what is stored in
 * packs, {@link dev.stillpoint.repository.crypto.Keyring} for a whole repository, {@link
 * dev.stillpoint.repository.crypto.KeyWrap} for passphrases. Uses the JDK's SHA-256, HMAC and AES,
 * and Bouncy Castle for deriving keys; knows no files. What a thread may share is said of each
 * type.
 */
package dev.stillpoint.repository.crypto;
