/**
 * {@code meso explain …} and {@code meso what-if}: questions to the leader about what it sees.
 *
 * <p>Lives here: ExplainOffers and the questions about tasks, agents, roles and reservations, WhatIf. May import:
 * client,
 * command, console, render, picocli; for files of changes scenario.yaml.
 */
@NullMarked
package org.mesolith.cli.command.explain;

import org.jspecify.annotations.NullMarked;
