/**
 * {@code stillpoint repository …}: the commands that work on a repository's directory itself and
 * need no server, no database and no manager.
 *
 * <p>Entry type {@link dev.stillpoint.offline.RepositoryCommands}. Uses the repository, the
 * terminal and the model; never the core or the REST API, so that data can be given back when
 * nothing else is left. One thread drives a command; the bytes are moved by as many as there are
 * cores.
 */
package dev.stillpoint.offline;
