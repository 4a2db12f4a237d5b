/**
 * The replicated state and what is said to it: pure and deterministic, the same on every master for ever.
 *
 * <pre>
 *   LogEntry(position, term, Envelope, Command) ─┐
 *                                                ├─► StateMachine.apply ─► Outcome(changes, result) ─► Registry.with
 *   Registry (before) ───────────────────────────┘
 * </pre>
 *
 * <p>Lives here: Registry, Command and its families, Outcome, Change, Digest; the rules beside, in state.rules. May
 * import: state.row, state.table, state.index, model, base. Never: a clock, a random number, a disk, a network, a
 * thread, a log line.
 */
@NullMarked
package org.mesolith.state;

import org.jspecify.annotations.NullMarked;
