package org.mesolith.statecodec;

import org.mesolith.state.Command;
import org.mesolith.state.Envelope;

/** A command as it lies in the log, before it has a place. */
public record LoggedCommand(Envelope envelope, Command command) {}
