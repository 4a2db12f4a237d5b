/**
 * Commands about tasks, and the small framework behind {@code task run}.
 *
 * <p>Lives here: TaskLs, TaskShow, TaskLogs, TaskKill, TaskRun. May import: client, render, scheduler, the root of this
 * module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.task;

import org.jspecify.annotations.NullMarked;
