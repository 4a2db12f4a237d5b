package org.mesolith.state;

import org.mesolith.model.Position;

/**
 * A command at its place in the replicated log.
 *
 * @param term of the Raft entry that holds it
 */
public record LogEntry(Position at, long term, Envelope envelope, Command command) {}
