package org.mesolith.cli.chaos;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks leave marks; null where they run on machines whose files nobody here can read.
 *
 * @param began a file for each task, with a line for each time that it began
 * @param wrote a file for each task that used a volume: how many lines it found there, its own included
 */
record Marks(@Nullable Path began, @Nullable Path wrote) {}
