/**
 * Commands about maintenance that is planned by time.
 *
 * <p>Lives here: MaintenanceStatus, MaintenanceStart, MaintenanceStop. May import: client,
 * render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.maintenance;

import org.jspecify.annotations.NullMarked;
