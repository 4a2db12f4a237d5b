package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * One allocation round: every agent, in an order drawn from the seed, goes to the framework that has least in the role
 * that has least and that can use it; what is left of it goes on to the next.
 *
 * <p>With quota there are two stages, each over all agents in an order of its own: roles first get what their
 * guarantees lack, then everybody the rest as far as limits allow and as nothing is needed for guarantees.
 *
 * <p>Mesos: {@code HierarchicalAllocatorProcess::__allocate}.
 */
public final class Allocator {
    private final AllocationInput input;
    private final @Nullable FrameworkDemand explained;
    private final Ranking ranking;
    private final Headroom headroom;
    private final Stages stages;
    private final Leftover leftover;
    private final List<Allocation> made = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    private Allocator(AllocationInput input, @Nullable FrameworkDemand explained) {
        this.input = input;
        this.explained = explained;
        this.ranking = new Ranking(input);
        this.headroom = new Headroom(input.quota(), input.rules().strictLimits());
        this.stages = new Stages(headroom);
        ranking.setQuotas(headroom);
        this.leftover = new Leftover(input.rules(), stages, ranking.abilities());
    }

    /**
     * What this round gives, in the order it was given: one for a framework, role and agent. Nothing is given twice.
     */
    public static List<Allocation> allocate(AllocationInput input) {
        var round = new Allocator(input, null);
        round.run();
        return List.copyOf(round.made);
    }

    /** Why this framework would or would not be given each agent, for each of its roles, in the order of the round. */
    public static List<Verdict> explain(AllocationInput input, FrameworkId framework) {
        var explained = input.frameworks().stream()
                .filter(demand -> demand.id().equals(framework))
                .findFirst();
        if (explained.isEmpty()) {
            return List.of();
        }
        var round = new Allocator(input, explained.get());
        round.run();
        return List.copyOf(round.verdicts);
    }

    /**
     * How much each role holds with everything below it: its dominant share, not divided by its weight. Roles that no
     * framework has are left out.
     */
    public static SortedMap<String, Double> shares(AllocationInput input) {
        return new Ranking(input).shares();
    }

    private void run() {
        var random = new SplittableRandom(input.seed());
        var turns = input.agents().stream().map(AgentTurn::new).toList();
        if (!headroom.isUnlimited()) {
            for (var turn : shuffled(turns, random)) {
                if (headroom.isSatisfied()) {
                    break;
                }
                turn.take(true);
            }
        }
        for (var turn : shuffled(turns, random)) {
            turn.take(false);
        }
    }

    private static <T> List<T> shuffled(List<T> ordered, SplittableRandom random) {
        var shuffled = new ArrayList<>(ordered);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }

    /**
     * Enters the grants of a turn; the second stage may add to one of the first: for a framework, role and agent it is
     * one.
     */
    private void enter(AgentTurn turn) {
        for (var grant : turn.granted) {
            int place = place(grant, turn.places);
            ranking.granted(grant, place < 0 ? 1 : 0);
            if (place >= 0) {
                var sum = made.get(place).resources().plus(grant.resources());
                made.set(place, new Allocation(grant.framework(), grant.role(), grant.agent(), sum));
            } else {
                turn.places.add(made.size());
                made.add(grant);
            }
        }
        turn.granted.clear();
    }

    private int place(Allocation grant, List<Integer> places) {
        for (int place : places) {
            var before = made.get(place);
            if (before.framework().equals(grant.framework()) && before.role().equals(grant.role())) {
                return place;
            }
        }
        return -1;
    }

    /** One agent, offered along the ranking as it was at the start of its turn; it has a turn in each stage. */
    private final class AgentTurn {
        private final AgentSupply agent;

        /** Given in this turn, and the places in {@link #made} of what was given in both. */
        private final List<Allocation> granted = new ArrayList<>(1);

        private final List<Integer> places = new ArrayList<>(1);
        private final SortedSet<String> judged = new TreeSet<>();
        private Resources left;

        /** Whether this is the first stage. */
        private boolean guarantees;

        /** Whether only roles that something is reserved for are still to be visited. */
        private boolean narrowed;

        AgentTurn(AgentSupply agent) {
            this.agent = agent;
            this.left = agent.free();
        }

        void take(boolean firstStage) {
            guarantees = firstStage;
            narrowed = false;
            if (!left.isEmpty()) {
                leftover.begin(agent, left, guarantees);
                ranking.visitRoles(this::offerTo);
            }
            // The ranking must not move under the visit, so shares grow only now.
            enter(this);
            if (explained != null && !guarantees) {
                explained.roles().keySet().stream()
                        .filter(role -> !judged.contains(role))
                        .forEach(role -> judge(explained, role));
            }
        }

        /** False when nothing is left for anybody else. */
        private boolean offerTo(Crowd crowd) {
            if (guarantees && !crowd.lacks()) {
                return !headroom.isSatisfied();
            }
            narrow();
            if (leftover.isFor(crowd)) {
                crowd.visit(member -> {
                    if (explained != null && member.framework().id().equals(explained.id())) {
                        judge(explained, crowd.role());
                        return !left.isEmpty();
                    }
                    var resources = leftover.judge(member);
                    if (resources != null) {
                        grant(member.framework(), crowd.role(), resources);
                    }
                    return !left.isEmpty();
                });
            }
            return !left.isEmpty();
        }

        /** Once all that is left is reserved, most roles need not be asked. */
        private void narrow() {
            if (!narrowed && leftover.isAllReserved()) {
                narrowed = true;
                ranking.narrow(leftover.reservedRoles());
            }
        }

        private void grant(FrameworkDemand framework, String role, Resources resources) {
            granted.add(new Allocation(framework.id(), role, agent.id(), resources));
            left = left.without(resources);
            leftover.leaves(left);
            headroom.granted(role, resources);
        }

        private void judge(FrameworkDemand framework, String role) {
            var offerable = Offerable.judge(
                    agent, left, framework, role, input.rules(), guarantees ? stages::guaranteed : stages::fair);
            if (explained != null && framework.id().equals(explained.id())) {
                explain(explained, role, offerable);
            }
            if (offerable.answer() == Verdict.Answer.OFFERED) {
                grant(framework, role, offerable.resources());
            }
        }

        /** The last word counts: of the first stage only an offer is one. */
        private void explain(FrameworkDemand framework, String role, Offerable offerable) {
            if (guarantees && offerable.answer() != Verdict.Answer.OFFERED) {
                return;
            }
            judged.add(role);
            var first = offerable.answer() == Verdict.Answer.OFFERED ? null : firstServed();
            var rival = first != null && wouldBeOffered(framework, role) ? rival(framework, role, first) : null;
            verdicts.add(new Verdict(
                    framework.id(),
                    role,
                    agent.id(),
                    rival == null ? offerable.answer() : Verdict.Answer.OUTRANKED,
                    offerable.resources(),
                    rival));
        }

        /** Whether it is only what others were given of this agent that stands in the way. */
        private boolean wouldBeOffered(FrameworkDemand framework, String role) {
            return Offerable.judge(agent, agent.free(), framework, role, input.rules(), stages::fair)
                            .answer()
                    == Verdict.Answer.OFFERED;
        }

        private @Nullable Allocation firstServed() {
            if (!places.isEmpty()) {
                return made.get(places.getFirst());
            }
            return granted.isEmpty() ? null : granted.getFirst();
        }

        private Verdict.Rival rival(FrameworkDemand framework, String role, Allocation first) {
            var standing = ranking.standing(framework.id(), role, first.framework(), first.role());
            return new Verdict.Rival(first.framework(), first.role(), first.resources(), standing);
        }
    }
}
