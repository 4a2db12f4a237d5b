package org.mesolith.state.row;

import java.time.Instant;

/**
 * A task that has ended and whose end was acknowledged; the newest of each framework are remembered.
 *
 * @param sequence order of completion in the cluster
 */
public record CompletedTask(long sequence, TaskRow task, Instant completedAt) {}
