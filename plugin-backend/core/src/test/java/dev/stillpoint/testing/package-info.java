/**
 * The core's test kit: a fake of every port, the contracts that fakes and real stores both keep,
 * and a clock that stands still. Shipped as the core's test-jar; never part of the product.
 */
package dev.stillpoint.testing;
