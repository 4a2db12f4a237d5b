package org.mesolith.state.journal;

import java.util.List;

/**
 * Something about the cluster's promises that is different from now on.
 *
 * @param subject id of what changed: an agent, a framework, a task, a role, a member
 * @param facts what else is worth knowing, in a fixed order for each kind
 */
public record Event(EventKind kind, String subject, List<Fact> facts) {
    /** One named value. */
    public record Fact(String name, String text) {}

    public Event {
        facts = List.copyOf(facts);
    }
}
