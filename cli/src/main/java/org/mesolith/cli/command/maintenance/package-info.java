/**
 * Commands about maintenance that is planned by time.
 *
 * <p>Lives here: MaintenanceSchedule, MaintenanceCancel, MaintenanceStatus, MaintenanceStart, MaintenanceStop. May
 * import: client, render, the root of this module, scenario.yaml, picocli.
 */
@NullMarked
package org.mesolith.cli.command.maintenance;

import org.jspecify.annotations.NullMarked;
