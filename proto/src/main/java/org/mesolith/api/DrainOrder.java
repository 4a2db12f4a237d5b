package org.mesolith.api;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order to an agent to end all its tasks, as the agent shows it.
 *
 * @param maxGrace null when each task keeps the time it asked for
 * @param markGone whether the agent is given up when it is empty
 * @param begun when the agent heard of it first
 */
public record DrainOrder(@Nullable Duration maxGrace, boolean markGone, Instant begun) {}
