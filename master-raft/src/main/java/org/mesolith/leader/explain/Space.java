package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.Verdict;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/** An agent that has nothing free that the framework could use: who has it, and what would make room. */
final class Space {
    /** Holdings that are tried, smallest first. */
    private static final int TRIED_MAX = 32;

    /** Holders that are named. */
    private static final int NAMED_MAX = 3;

    private static final List<FrameworkCapability> OPENING = List.of(
            FrameworkCapability.SHARED_RESOURCES,
            FrameworkCapability.REVOCABLE_RESOURCES,
            FrameworkCapability.RESERVATION_REFINEMENT);

    private final Scene scene;
    private final Verdict verdict;
    private final AgentSupply agent;

    Space(Scene scene, Verdict verdict, AgentSupply agent) {
        this.scene = scene;
        this.verdict = verdict;
        this.agent = agent;
    }

    Blocker nothingFree() {
        var held = scene.holdings().of(agent.id());
        var offers = held.stream().filter(Holding::isOffer).toList();
        var tasks = held.stream().filter(one -> !one.isOffer()).toList();
        var text = agent.total().isEmpty()
                ? "the agent has no resources at all"
                : "everything of the agent is in use or offered" + named("in tasks: ", tasks)
                        + named("in offers: ", offers) + standing(offers);
        return says(text, release(held));
    }

    Blocker nothingUsable() {
        var capability = capability();
        if (capability != null) {
            return says(
                    "what is free, " + agent.free() + ", can only be used with the capability " + capability,
                    new Change.FrameworkCan(verdict.framework(), capability));
        }
        var reserved = agent.free().filter(entry -> !entry.kind().isAllocatableTo(verdict.role()));
        var change = unreserve(reserved);
        return says(
                "what is free is reserved for others: " + owners(reserved),
                change == null ? release(scene.holdings().of(agent.id())) : change);
    }

    private @Nullable FrameworkCapability capability() {
        for (var capability : OPENING) {
            if (helps(new Change.FrameworkCan(verdict.framework(), capability))) {
                return capability;
            }
        }
        return null;
    }

    private @Nullable Change unreserve(Resources reserved) {
        for (var entry : reserved) {
            var role = Check.present(entry.kind().reservedRole(), "role of a reservation");
            var change = new Change.Unreserve(
                    agent.id(), Resources.of(entry), role, entry.kind().isPersistentVolume());
            if (helps(change)) {
                return change;
            }
        }
        return null;
    }

    private @Nullable Change release(List<Holding> held) {
        var smallestFirst = new ArrayList<>(held);
        smallestFirst.sort(Comparator.comparing((Holding one) -> !one.isOffer())
                .thenComparing(one -> one.resources().milli("cpus"))
                .thenComparing(Holding::what));
        for (var holding : smallestFirst.subList(0, Math.min(TRIED_MAX, smallestFirst.size()))) {
            var change = new Change.Release(agent.id(), holding);
            if (helps(change)) {
                return change;
            }
        }
        return null;
    }

    /** Whether something else is in the way then, or nothing. */
    private boolean helps(Change change) {
        var then = Changes.make(scene, change).verdict(verdict.framework(), verdict.role(), agent.id());
        return then != null && then.answer() != Answer.NOTHING_FREE && then.answer() != Answer.NOTHING_USABLE;
    }

    private Blocker says(String text, @Nullable Change change) {
        return new Blocker(verdict.answer().name(), text, change);
    }

    /** How the role of who has the offer stands to the one asked about. */
    private String standing(List<Holding> offers) {
        if (offers.isEmpty() || offers.getFirst().role().equals(verdict.role())) {
            return "";
        }
        var shares = Allocator.shares(scene.input());
        return "; " + standing(offers.getFirst().role(), shares) + ", " + standing(verdict.role(), shares);
    }

    private String standing(String role, SortedMap<String, Double> shares) {
        return "role " + role + " has a share of " + Words.percent(shares.getOrDefault(role, 0.0)) + " at weight "
                + Words.number(scene.input().weightByRole().getOrDefault(role, 1.0));
    }

    private static String named(String before, List<Holding> holdings) {
        if (holdings.isEmpty()) {
            return "";
        }
        var some = holdings.stream()
                .limit(NAMED_MAX)
                .map(one -> one.resources() + " " + one.what() + " of framework " + one.framework() + " (role "
                        + one.role() + ")")
                .collect(Collectors.joining(", "));
        return "; " + before + some
                + (holdings.size() > NAMED_MAX ? " and " + (holdings.size() - NAMED_MAX) + " more" : "");
    }

    private static String owners(Resources reserved) {
        if (reserved.isEmpty()) {
            return "nothing of it";
        }
        var owners = new ArrayList<String>();
        for (Resource entry : reserved) {
            owners.add(Resources.of(entry) + " for role " + entry.kind().reservedRole()
                    + (entry.kind().isDynamicallyReserved() ? "" : " (by the agent's settings)"));
        }
        return String.join(", ", owners);
    }
}
