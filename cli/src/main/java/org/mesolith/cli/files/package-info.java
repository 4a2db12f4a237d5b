/**
 * Reads what tasks wrote, through the HTTP door of the agent they run on.
 *
 * <p>Lives here: SandboxFile, OutputFollower. May import: client, the root of this module.
 */
@NullMarked
package org.mesolith.cli.files;

import org.jspecify.annotations.NullMarked;
