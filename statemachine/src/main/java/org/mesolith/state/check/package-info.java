/**
 * What stands against a wish, as a sentence: asked by the rules, which decide, and before by the leader, which spares
 * the log what cannot be. Pure.
 *
 * <p>Lives here: OperationChecks, QuotaChecks, MaintenanceChecks. May import: state, state.row, model, base.
 */
@NullMarked
package org.mesolith.state.check;

import org.jspecify.annotations.NullMarked;
