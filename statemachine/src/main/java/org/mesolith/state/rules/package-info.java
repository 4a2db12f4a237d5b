/**
 * The decisions: what the cluster answers to each command. Pure and deterministic.
 *
 * <pre>
 *   Registry, LogEntry ──► StateMachine (routes) ──► a rule ──► Draft (collects changes) ──► Outcome
 * </pre>
 *
 * <p>Lives here: StateMachine, one class of rules for each thing that is decided about, Draft. May import: state,
 * state.row, model, base. Never: a clock, a random number, a disk, a network, a thread, a log line.
 */
@NullMarked
package org.mesolith.state.rules;

import org.jspecify.annotations.NullMarked;
