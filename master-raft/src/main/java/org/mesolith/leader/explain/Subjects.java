package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.state.Registry;

/** Finds what an operator names: by its whole id, by its name, or by a beginning or end of the id. */
public final class Subjects {
    /** Candidates that are named when there are several. */
    private static final int SHOWN_MAX = 5;

    private Subjects() {}

    /** What was found. */
    public sealed interface Found<T> {
        /** Exactly one. */
        record One<T>(T id) implements Found<T> {}

        /** None. */
        record None<T>(String text) implements Found<T> {}

        /** More than one. */
        record Several<T>(String text) implements Found<T> {}
    }

    /** A framework that has not ended, by id or name. */
    public static Found<FrameworkId> framework(Registry registry, String typed) {
        var all = new ArrayList<Candidate<FrameworkId>>();
        for (var row : registry.frameworks()) {
            all.add(new Candidate<>(row.id(), row.id().value(), row.info().name()));
        }
        return choose("framework", "meso framework ls", typed, all);
    }

    /** The name that a framework gave itself; empty if it has ended. */
    public static String name(Registry registry, FrameworkId id) {
        var row = registry.framework(id);
        return row == null ? "" : row.info().name();
    }

    /** An admitted agent, by id or host name. */
    public static Found<AgentId> agent(Registry registry, String typed) {
        var all = new ArrayList<Candidate<AgentId>>();
        for (var row : registry.agents()) {
            all.add(new Candidate<>(row.id(), row.id().value(), row.info().hostname()));
        }
        return choose("agent", "meso agent ls", typed, all);
    }

    private record Candidate<T>(T id, String text, String name) {}

    private static <T> Found<T> choose(String kind, String lister, String typed, List<Candidate<T>> all) {
        var tests = List.<Predicate<Candidate<T>>>of(
                one -> one.text().equals(typed),
                one -> one.name().equals(typed),
                one -> one.text().startsWith(typed) || one.text().endsWith(typed));
        for (var test : tests) {
            var found = all.stream().filter(test).toList();
            if (found.size() == 1) {
                return new Found.One<>(found.getFirst().id());
            }
            if (!found.isEmpty()) {
                var some = found.stream().limit(SHOWN_MAX).map(Candidate::text).toList();
                return new Found.Several<>(found.size() + " " + kind + "s match '" + typed + "' ("
                        + String.join(", ", some) + "); give the whole id");
            }
        }
        return new Found.None<>("no " + kind + " has the id or name '" + typed + "'; `" + lister + "` lists them");
    }
}
