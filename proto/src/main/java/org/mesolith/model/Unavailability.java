package org.mesolith.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something cannot be used.
 *
 * @param duration null for ever
 */
public record Unavailability(Instant start, @Nullable Duration duration) {}
