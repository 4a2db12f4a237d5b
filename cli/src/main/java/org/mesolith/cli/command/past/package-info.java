/**
 * Commands about what the cluster was, out of backups and logs.
 *
 * <p>Lives here: StateAt, StateDiff, ClusterReplay, and what they share: PastOptions, OpenedPast, Moment. May import:
 * client, render, the root of this module, command.cluster for backups, picocli.
 */
@NullMarked
package org.mesolith.cli.command.past;

import org.jspecify.annotations.NullMarked;
