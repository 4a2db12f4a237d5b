package org.mesolith.state.row;

import org.mesolith.model.Position;
import org.mesolith.model.TaskKey;

/** One run of a task: a completed id may be launched again, its details are told apart by the place of the launch. */
public record TaskRun(TaskKey key, Position launchedAt) {}
