package org.mesolith.leader.explain;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** Something that somebody could do about an offer that is not made; {@link Changes} does it to a scene. */
public sealed interface Change {
    /** What to do, in words. */
    String text();

    /** Rounds wait no longer. */
    record EndOfWait(RoundsHeld held) implements Change {
        @Override
        public String text() {
            return "wait " + Words.span(held.left()) + ", or until "
                    + (held.missing() == 1 ? "another agent is" : held.missing() + " more agents are") + " back";
        }
    }

    /** An agent that is aside takes part again. */
    record AgentBack(AgentId agent, Aside.Reason reason) implements Change {
        @Override
        public String text() {
            return reason.change() + " (agent " + agent + ")";
        }
    }

    /** The framework subscribes again. */
    record Connect(FrameworkId framework) implements Change {
        @Override
        public String text() {
            return "connect framework " + framework + ": it has to subscribe";
        }
    }

    /** The framework takes the role. */
    record Subscribe(FrameworkId framework, String role) implements Change {
        @Override
        public String text() {
            return "subscribe framework " + framework + " to role " + role + " (UPDATE_FRAMEWORK)";
        }
    }

    /** The framework wants offers for the role again. */
    record Revive(FrameworkId framework, String role) implements Change {
        @Override
        public String text() {
            return "revive role " + role;
        }
    }

    /** The framework gives up its constraints for the role. */
    record DropConstraints(FrameworkId framework, String role) implements Change {
        @Override
        public String text() {
            return "drop or loosen the framework's offer constraints for role " + role + " (UPDATE_FRAMEWORK)";
        }
    }

    /** The framework can use more. */
    record FrameworkCan(FrameworkId framework, FrameworkCapability capability) implements Change {
        @Override
        public String text() {
            return "give framework " + framework + " the capability " + capability;
        }
    }

    /** The agent can do more. */
    record AgentCan(AgentId agent, AgentCapability capability) implements Change {
        @Override
        public String text() {
            return "upgrade agent " + agent + " to one with the capability " + capability;
        }
    }

    /** A task ends, or an offer is given back. */
    record Release(AgentId agent, Holding holding) implements Change {
        @Override
        public String text() {
            return (holding.isOffer() ? "wait until " : "end ") + holding.named()
                    + (holding.isOffer() ? " is declined" : "") + " (frees " + holding.resources() + " on agent "
                    + agent + ")";
        }
    }

    /** What is reserved on the agent, and the volume on it, is nobody's any more. */
    record Unreserve(AgentId agent, Resources resources, String role, boolean isVolume) implements Change {
        @Override
        public String text() {
            return (isVolume ? "destroy the volume and unreserve " : "unreserve ") + resources + " of role " + role
                    + " on agent " + agent;
        }
    }

    /** The role may have more. */
    record RaiseLimit(String role, Quantities by) implements Change {
        @Override
        public String text() {
            return "raise limit of " + role + " by " + by;
        }
    }

    /** Roles are promised less. */
    record LowerGuarantees(SortedMap<String, Quantities> byRole) implements Change {
        @Override
        public String text() {
            return "lower "
                    + byRole.entrySet().stream()
                            .map(one -> "guarantee of " + one.getKey() + " by " + one.getValue())
                            .collect(Collectors.joining(", "))
                    + ", or add as much to the cluster";
        }
    }

    /** The framework takes smaller offers for the role. */
    record LowerMinimum(FrameworkId framework, String role, Quantities to) implements Change {
        @Override
        public String text() {
            return "lower the minimum of an offer for role " + role + " to "
                    + (to.isEmpty() ? "nothing" : to.toString()) + " (min_allocatable_resources of the framework)";
        }
    }

    /**
     * What the framework refused of the agent is forgotten.
     *
     * @param remaining null if nobody knows how long it takes
     */
    record DropFilters(
            FrameworkId framework,
            String role,
            AgentId agent,
            @Nullable Duration remaining) implements Change {
        @Override
        public String text() {
            return remaining == null
                    ? "revive role " + role
                    : "wait " + Words.span(remaining) + " for the filter, or revive role " + role;
        }
    }

    /** The role, or one above it, counts more. */
    record SetWeight(String role, double weight) implements Change {
        @Override
        public String text() {
            return "set the weight of " + role + " to " + Words.number(weight);
        }
    }

    /** Others want nothing any more. */
    record StepBack(List<Rival> rivals) implements Change {
        /** A framework in a role. */
        public record Rival(FrameworkId framework, String role) {}

        /** Copies the list. */
        public StepBack {
            rivals = List.copyOf(rivals);
        }

        @Override
        public String text() {
            return "suppress "
                    + rivals.stream()
                            .map(rival -> "role " + rival.role() + " of framework " + rival.framework())
                            .collect(Collectors.joining(", "));
        }
    }
}
