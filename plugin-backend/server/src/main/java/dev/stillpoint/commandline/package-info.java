/**
 * {@code stillpoint}, the command line: a client of the REST API and of nothing else.
 *
 * <p>{@link dev.stillpoint.commandline.Stillpoint} is the program. Of Stillpoint's other packages
 * only the model and the terminal may be used, so that the command line can do exactly what any
 * other client can. {@link dev.stillpoint.commandline.CommandTree} alone also knows the offline
 * commands, which it hangs in beside its own. One thread, besides the hook that speaks on Ctrl-C.
 */
package dev.stillpoint.commandline;
