/**
 * What the document of the API ({@code openapi.json}) must know and a signature does not tell; read
 * by reflection when the document is written, and by nothing else.
 */
package dev.stillpoint.rest.openapi;
