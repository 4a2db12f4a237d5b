package org.mesolith.state;

import java.util.List;

/** What the cluster decided about a command: the same on every master. */
public sealed interface Outcome {
    /**
     * It is done.
     *
     * @param changes of the registry and the details, in order; empty when nothing changed
     * @param result what the caller must learn
     */
    record Accepted(List<Change> changes, Result result) implements Outcome {
        public Accepted {
            changes = List.copyOf(changes);
        }
    }

    /** It is not done; nothing changed. */
    record Rejected(Reason reason, String message) implements Outcome {}

    /** Done with nothing more to tell. */
    static Outcome accepted(List<Change> changes) {
        return new Accepted(changes, Result.NONE);
    }
}
