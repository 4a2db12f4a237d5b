package org.mesolith.state.row;

import java.time.Instant;

/**
 * A framework that was torn down or timed out; the newest are remembered.
 *
 * @param sequence order of completion in the cluster
 */
public record CompletedFramework(long sequence, FrameworkRow framework, Instant completedAt) {}
