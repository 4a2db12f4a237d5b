package org.mesolith.agent.core;

import org.mesolith.api.CheckStatus;

/** What one look at a task told. */
public sealed interface ProbeResult {
    /** There was an answer, good or bad. */
    record Seen(CheckStatus status) implements ProbeResult {}

    /** There was none; {@code why} in words for the framework. */
    record Nothing(String why) implements ProbeResult {}
}
