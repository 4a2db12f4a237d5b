package org.mesolith.state;

import org.mesolith.model.Position;

/**
 * A request that was carried out under a key: a repeated one gets the same result.
 *
 * @param at where it was carried out; the oldest are forgotten first
 * @param kind of the command, as {@link CommandKind} numbers it
 */
public record RequestRow(RequestKey key, Position at, CommandKind kind, Result result) {}
