/**
 * {@code meso chaos}: break a real cluster, check what was recorded, show it.
 *
 * <p>Lives here: ChaosRun, ChaosReplay, ChaosClean, ChaosCheck, ChaosReport, ChaosTest, OneRun, Verdicts. May import:
 * chaos, check, console, process, picocli.
 */
@NullMarked
package org.mesolith.cli.command.chaos;

import org.jspecify.annotations.NullMarked;
