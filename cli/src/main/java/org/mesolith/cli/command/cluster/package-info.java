/**
 * Commands about the masters themselves.
 *
 * <p>Lives here: one class a command (ClusterInit, ClusterMembers, ClusterAdd, …), and what they share: GroupPicture,
 * VoterPlan, LeaderDoor. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.cluster;

import org.jspecify.annotations.NullMarked;
