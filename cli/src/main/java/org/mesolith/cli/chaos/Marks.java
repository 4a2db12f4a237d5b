package org.mesolith.cli.chaos;

import java.nio.file.Path;

/**
 * Where tasks leave marks.
 *
 * @param began a file for each task, with a line for each time that it began
 * @param wrote a file for each task that used a volume: how many lines it found there, its own included
 */
record Marks(Path began, Path wrote) {}
