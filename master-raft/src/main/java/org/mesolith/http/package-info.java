/**
 * The masters' HTTP door: which path goes where, what is checked in which order, and streams of events.
 *
 * <p>Lives here: Routes, CallPath, SchedulerDoor, OperatorDoor, Pages, EventStreams, Problems. May import: leader,
 * leader.event, log, state, view, metrics, api, codec, wire, settings, model, base.
 */
@NullMarked
package org.mesolith.http;

import org.jspecify.annotations.NullMarked;
