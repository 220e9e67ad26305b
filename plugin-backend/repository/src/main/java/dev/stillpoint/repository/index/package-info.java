/** x */
package dev.stillpoint.repository.index;
