package org.mesolith.api;

import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;

/** A call and who says that he makes it. */
public record ExecutorRequest(FrameworkId framework, ExecutorId executor, ExecutorCall call) {}
