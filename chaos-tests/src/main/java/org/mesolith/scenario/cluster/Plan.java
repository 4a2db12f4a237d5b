package org.mesolith.scenario.cluster;

import java.time.Duration;
import java.util.List;
import org.mesolith.model.Attribute;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Resources;

/**
 * A cluster and its work.
 *
 * @param seed of the order in which agents are looked at and of how long tasks run
 * @param duration how long it is played
 * @param interval between allocation rounds
 * @param sample between two looks at the shares
 * @param strictLimits whether limits of a top-level role bind the roles below it
 */
public record Plan(
        long seed,
        Duration duration,
        Duration interval,
        Duration sample,
        boolean strictLimits,
        List<Shape> agents,
        List<RolePlan> roles,
        List<FrameworkPlan> frameworks) {
    public Plan {
        agents = List.copyOf(agents);
        roles = List.copyOf(roles);
        frameworks = List.copyOf(frameworks);
    }

    /** How many agents look like this. */
    public record Shape(int count, Resources resources, List<Attribute> attributes) {
        public Shape {
            attributes = List.copyOf(attributes);
        }
    }

    /** What an operator gives a role. */
    public record RolePlan(String role, double weight, Quantities guarantees, QuantityLimits limits) {}

    /** What a framework does with an offer. */
    public enum Policy {
        /** Launches as many tasks as fit, refuses the rest for a while. */
        FILL("fill"),
        /** Launches one task in each offer, refuses the rest for a while. */
        SPREAD("spread"),
        /** Keeps an offer for a while before it launches what fits: what that costs others. */
        HOARD("hoard"),
        /** Refuses everything. */
        DECLINE("decline");

        private final String word;

        Policy(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }

    /**
     * One framework.
     *
     * @param arrives when it subscribes
     * @param tasks how many tasks it has to run in all
     * @param every between the arrivals of its tasks; zero if all are there from the start
     * @param task what one of them needs
     * @param runsMin shortest time a task runs
     * @param runsMax longest time
     * @param refuse for how long it does not want to see what it declined
     * @param holds how long it keeps an offer before it answers; only of those that hoard
     */
    public record FrameworkPlan(
            String name,
            String role,
            Duration arrives,
            int tasks,
            Duration every,
            Resources task,
            Duration runsMin,
            Duration runsMax,
            Policy policy,
            Duration refuse,
            Duration holds) {}
}
