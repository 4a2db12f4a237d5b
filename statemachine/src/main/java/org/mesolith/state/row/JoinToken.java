package org.mesolith.state.row;

import java.time.Instant;

/**
 * Leave for one master to join, once.
 *
 * @param hash SHA-256 of the token's text, 64 hexadecimal digits; the text itself is nowhere
 * @param expires from then on it is worth nothing
 */
public record JoinToken(String hash, Instant expires) {}
