package org.mesolith.log;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Position;
import org.mesolith.state.Outcome;

/** What became of a proposal. */
public sealed interface Proposed {
    /** The command is in the log for ever, and was applied here with this outcome. */
    record Decided(Position at, Outcome outcome) implements Proposed {}

    /** This member does not lead; the command is certainly not in the log. Null: nobody is known to lead. */
    record NotLeader(@Nullable MemberAddress leader) implements Proposed {}

    /** The leadership ended, or the answer did not come in time: the command may or may not be applied. Look first. */
    record Unknown(String why) implements Proposed {}

    /** Too many commands wait; this one is certainly not in the log. Answer 503. */
    record Full() implements Proposed {}

    /** This member's disk is nearly full; the command is certainly not in the log. Answer 507 with the sentence. */
    record NoSpace(String why) implements Proposed {}

    /** The command is larger than an entry of the log can be, and is certainly not in it. Answer 413. */
    record TooLarge(long bytes, long bytesMax) implements Proposed {}
}
