/**
 * The REST API: one resource class for each noun of the URLs, under {@code /api/v1}.
 *
 * <p>The contract is docs/api/README.md. Resources are made by the composition root and are
 * thread-safe. They translate and delegate; they decide nothing.
 */
package dev.stillpoint.rest;
