package org.mesolith.api;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;

/** One POST to the scheduler API: who calls, and what for. */
public record SchedulerRequest(@Nullable FrameworkId framework, SchedulerCall call) {}
