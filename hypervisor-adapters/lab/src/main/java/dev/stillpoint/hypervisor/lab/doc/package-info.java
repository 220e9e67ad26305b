/**
 * The one small document tree in which the lab's engine takes requests and gives answers, read from
 * and written as the engine's XML or JSON. Entry type: {@link
 * dev.stillpoint.hypervisor.lab.doc.Element}. Uses nothing else of the lab. A tree belongs to one
 * thread at a time.
 */
package dev.stillpoint.hypervisor.lab.doc;
