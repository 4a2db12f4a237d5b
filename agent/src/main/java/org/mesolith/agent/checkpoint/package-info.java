/**
 * What survives the agent process: written and synced before it is acted upon.
 *
 * <pre>
 *   WORK_DIR/meta/lock            held while an agent runs
 *   WORK_DIR/meta/identity        two slots, overwritten in turn: needs no room on a full disk
 *   WORK_DIR/meta/runs/ID.run     one file a run: its order, then each progress, each with a checksum
 * </pre>
 *
 * <p>Lives here: CheckpointStore (files), Checkpoints (its thread). May import: agent.core, base, model, api.
 */
@NullMarked
package org.mesolith.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
