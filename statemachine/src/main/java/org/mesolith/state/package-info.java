/**
 * The rules of the replicated state: pure and deterministic, the same answer on every master for ever.
 *
 * <pre>
 *   LogEntry(position, term, Envelope, Command) ─┐
 *                                                ├─► StateMachine.apply ─► Outcome(changes, result) ─► Registry.with
 *   Registry (before) ───────────────────────────┘
 * </pre>
 *
 * <p>Lives here: Registry, Command and its families, Outcome, Change, StateMachine, the rules, Digest. May import:
 * state.row, state.table, model, base. Never: a clock, a random number, a disk, a network, a thread, a log line.
 */
@NullMarked
package org.mesolith.state;

import org.jspecify.annotations.NullMarked;
