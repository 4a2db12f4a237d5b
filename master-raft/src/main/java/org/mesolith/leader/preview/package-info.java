/**
 * What changes would do, found out by the rules that decide, on a registry that is thrown away. Pure; any thread.
 *
 * <p>Lives here: DeclarationPlan. May import: state, state.row, state.check, state.rules, model, base. Never: log.
 */
@NullMarked
package org.mesolith.leader.preview;

import org.jspecify.annotations.NullMarked;
