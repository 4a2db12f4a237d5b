/**
 * Frameworks as the leader sees them now: who is subscribed, on which stream, and who has been away for how long.
 *
 * <p>Lives here: FrameworkSessions, Subscriptions, FrameworkChecks, FrameworkAbsence, FrameworkRules. May import:
 * leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.framework;

import org.jspecify.annotations.NullMarked;
