/** The shapes that travel as JSON: records only, made from the core's types, amounts in bytes. */
package dev.stillpoint.rest.dto;
