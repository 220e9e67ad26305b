/**
 * {@code stillpoint}, the command line: a client of the REST API and of nothing else.
 *
 * <p>{@link dev.stillpoint.commandline.StillpointMain} is the program. Of Stillpoint's other
 * packages only {@code dev.stillpoint.model} may be used, so that the command line can do exactly
 * what any other client can. One thread, besides the hook that speaks on Ctrl-C.
 */
package dev.stillpoint.commandline;
