package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Verdict;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * Everything that keeps one agent from being offered to a framework for a role, in a round over that agent alone: the
 * first blocker, then what is in the way once that one is gone, and so on.
 *
 * @param flips whether a round over the agent offers it once all the changes are made
 */
public record Chain(AgentId agent, String role, List<Blocker> blockers, boolean flips) {
    /** Blockers that are looked for; who needs more changes than that is not helped by a list of them. */
    private static final int BLOCKERS_MAX = 16;

    public Chain {
        blockers = List.copyOf(blockers);
    }

    /** The changes to make, in order. */
    public List<Change> changes() {
        var changes = new ArrayList<Change>();
        for (var blocker : blockers) {
            var change = blocker.change();
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Works it out: every change is made to a copy, and the allocator asked again. */
    static Chain of(Scene scene, FrameworkId framework, String role, AgentId agent) {
        var blockers = new ArrayList<Blocker>();
        var alone = scene.over(agent);
        while (blockers.size() < BLOCKERS_MAX) {
            var next = next(alone, framework, role, agent);
            if (next == null) {
                return new Chain(agent, role, blockers, true);
            }
            blockers.add(next);
            var change = next.change();
            if (change == null) {
                break;
            }
            alone = Changes.make(alone, change);
        }
        return new Chain(agent, role, blockers, false);
    }

    /** The first thing in the way in a round over the agent alone; null if it would be offered. */
    private static @Nullable Blocker next(Scene alone, FrameworkId framework, String role, AgentId agent) {
        var held = alone.held();
        if (held != null) {
            return new Blocker(OfferExplanation.ROUNDS_HELD, Words.held(held), new Change.EndOfWait(held));
        }
        var aside = alone.asides().get(agent);
        if (aside != null) {
            return new Blocker(
                    aside.reason().name(),
                    "no round is over agent " + agent + ": " + aside.reason().text(),
                    new Change.AgentBack(agent, aside.reason()));
        }
        var verdict = alone.verdict(framework, role, agent);
        if (verdict == null) {
            var answer = alone.uninvolved(framework, role);
            verdict = new Verdict(framework, role, agent, answer, Resources.EMPTY, null);
        }
        return verdict.answer() == Verdict.Answer.OFFERED ? null : new Reasons(alone, verdict).blocker();
    }
}
