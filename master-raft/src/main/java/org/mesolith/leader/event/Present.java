package org.mesolith.leader.event;

import java.time.Instant;
import org.mesolith.model.Fence;
import org.mesolith.state.Registry;

/** What every handler of a leadership may look at while an event is handled. Only the loop moves it on. */
public final class Present {
    private final long term;
    private final Instant began;
    private Instant now;
    private Registry registry;

    /** The start of a term. */
    public Present(long term, Instant began, Registry registry) {
        this.term = term;
        this.began = began;
        this.now = began;
        this.registry = registry;
    }

    /** The Raft term of this leadership. */
    public long term() {
        return term;
    }

    /** When this leadership began. */
    public Instant began() {
        return began;
    }

    /** The time of the event that is handled. */
    public Instant now() {
        return now;
    }

    /** What was promised, with all that was applied before this event. */
    public Registry registry() {
        return registry;
    }

    /** What goes on every order and offer of this leadership. */
    public Fence fence() {
        return registry.fence(term);
    }

    /** The loop's: time goes on. */
    public void at(Instant time) {
        now = time;
    }

    /** The loop's: a command was applied. */
    public void applied(Registry after) {
        registry = after;
    }
}
