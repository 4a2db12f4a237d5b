package org.mesolith.leader.event;

import org.jspecify.annotations.Nullable;

/** How a call ends, in words that name no protocol; the door turns it into a status. The texts are for people. */
public sealed interface Reply {
    /** Done or under way, nothing to show (202 for most scheduler calls). */
    record Accepted() implements Reply {}

    /** Done (200); {@code SUBSCRIBE}: the stream stays open, its events follow. */
    record Done() implements Reply {}

    /** Done, and what was made has this name (200). */
    record Made(String id) implements Reply {}

    /** The call is wrong, in itself or for the present state (400). */
    record BadRequest(String text) implements Reply {}

    /** The caller may not do this, or its framework is not subscribed (403). */
    record Forbidden(String text) implements Reply {}

    /** The thing named does not exist (404). */
    record NotFound(String text) implements Reply {}

    /** The state does not allow it now (409). */
    record Conflict(String text) implements Reply {}

    /** What the caller expected to change is another thing now (412). */
    record Changed(String text) implements Reply {}

    /** More than one log entry can hold (413). */
    record TooLarge(String text) implements Reply {}

    /** This version does not perform the call (501). */
    record NotSupported(String text) implements Reply {}

    /** Another master leads (307), or none is known (503 when {@code address} is null). */
    record NotLeader(@Nullable String address) implements Reply {}

    /** This master was elected and is not ready yet (503); try again in a moment. */
    record NotReady() implements Reply {}

    /** Too much is waiting already (503); nothing was done. */
    record Busy(String text) implements Reply {}

    /** The leader's disk is nearly full (507); nothing was done. */
    record NoSpace(String text) implements Reply {}

    /** The leadership ended before the outcome was known (503); look before you repeat. */
    record OutcomeUnknown() implements Reply {}

    /** Nothing was heard within the call's time (504); it may still happen. */
    record Late() implements Reply {}
}
