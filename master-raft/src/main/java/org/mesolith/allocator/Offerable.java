package org.mesolith.allocator;

import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.model.Resources;

/**
 * What of an agent a framework may be shown for a role, or why nothing.
 *
 * @param answer {@link Answer#OFFERED} or the first reason against it
 * @param resources what is offered, or what the reason is about; may be empty
 */
record Offerable(Answer answer, Resources resources) {
    /** Nothing, for a reason that is about no resources. */
    static Offerable not(Answer answer) {
        return new Offerable(answer, Resources.EMPTY);
    }

    boolean isOffered() {
        return answer == Answer.OFFERED;
    }
}
