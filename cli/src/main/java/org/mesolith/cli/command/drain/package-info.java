/**
 * Commands about emptying many agents, batch by batch.
 *
 * <p>Lives here: DrainPlan, DrainApply, DrainStatus, DrainCancel, DrainPause, DrainResume. May import: client, render,
 * the root of this module, scenario.yaml, picocli.
 */
@NullMarked
package org.mesolith.cli.command.drain;

import org.jspecify.annotations.NullMarked;
