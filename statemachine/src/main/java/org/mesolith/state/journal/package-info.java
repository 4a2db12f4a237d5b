/**
 * What the cluster remembers of its own past: events of what changed, and the audit of who did it.
 *
 * <pre>
 *   command applied ─► Event, Event, …  one EventBatch for each command that changed something
 *                 └──► AuditRow ─► hash of the row before and of this one: a chain
 *   JournalRow: where both stand; part of the registry and of its fingerprint
 * </pre>
 *
 * <p>Lives here: Event and its place and kind, AuditRow and its chain, JournalRow. May import: state.row, model, base.
 */
@NullMarked
package org.mesolith.state.journal;

import org.jspecify.annotations.NullMarked;
