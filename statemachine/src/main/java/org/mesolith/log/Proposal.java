package org.mesolith.log;

import org.mesolith.state.Command;
import org.mesolith.state.Envelope;

/** A command on its way into the log. */
public record Proposal(Envelope envelope, Command command) {}
