package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
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
    private final Ranking ranking;
    private final Headroom headroom;
    private final Leftover leftover;
    private final @Nullable Inquiry inquiry;
    private final List<Allocation> made = new ArrayList<>();

    private Allocator(AllocationInput input, @Nullable FrameworkDemand asked) {
        this.input = input;
        this.ranking = new Ranking(input);
        this.headroom = new Headroom(input.quota(), input.rules().strictLimits());
        ranking.setQuotas(headroom);
        this.leftover = judge(headroom);
        this.inquiry = asked == null ? null : new Inquiry(asked, ranking, headroom, this::judge);
    }

    private Leftover judge(Headroom allowed) {
        return new Leftover(input.rules(), new Stages(allowed), ranking.abilities());
    }

    /**
     * What this round gives, in the order it was given: one for a framework, role and agent. Nothing is given twice.
     */
    public static List<Allocation> allocate(AllocationInput input) {
        var round = new Allocator(input, null);
        round.run();
        return List.copyOf(round.made);
    }

    /** Why this framework would or would not be given each agent, for each of its roles; by role and agent. */
    public static SortedMap<String, SortedMap<AgentId, Verdict>> explain(AllocationInput input, FrameworkId framework) {
        for (var asked : input.frameworks()) {
            if (asked.id().equals(framework)) {
                var round = new Allocator(input, asked);
                round.run();
                return Check.present(round.inquiry, "inquiry").verdicts();
            }
        }
        return new TreeMap<>();
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
            ranking.admitThoseThatLack();
            for (var turn : shuffled(turns, random)) {
                if (!ranking.isAnybodyAdmitted()) {
                    break;
                }
                turn.take(true);
            }
            ranking.admitAll();
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
            if (!left.isEmpty() || inquiry != null) {
                leftover.begin(agent, left, guarantees);
            }
            if (!left.isEmpty()) {
                ranking.visitRoles(this::offerTo);
            }
            // The ranking must not move under the visit, so shares grow only now.
            enter(this);
            if (inquiry != null && !guarantees) {
                inquiry.end(agent, leftover, served());
            }
        }

        /** False when nothing is left for anybody else. */
        private boolean offerTo(Crowd crowd) {
            narrow();
            leftover.turnTo(crowd);
            if (leftover.isForSomebody()) {
                crowd.visit(member -> offerTo(member, crowd));
            }
            return !left.isEmpty();
        }

        private boolean offerTo(Member member, Crowd crowd) {
            var found = leftover.judge(member);
            if (inquiry != null && inquiry.isAbout(member)) {
                tell(inquiry, crowd.role(), found);
            }
            if (found.isOffered()) {
                grant(member.framework(), crowd, found.resources());
            }
            return !left.isEmpty();
        }

        private void tell(Inquiry asking, String role, Offerable found) {
            if (found.isOffered()) {
                asking.offered(agent, role, found);
            } else if (!guarantees) {
                asking.refused(agent, role, found, served());
            }
        }

        /** Once all that is left is reserved, most roles need not be asked. */
        private void narrow() {
            if (!narrowed && leftover.isAllReserved()) {
                narrowed = true;
                ranking.narrow(leftover.reservedRoles());
            }
        }

        private void grant(FrameworkDemand framework, Crowd crowd, Resources resources) {
            granted.add(new Allocation(framework.id(), crowd.role(), agent.id(), resources));
            left = left.without(resources);
            leftover.leaves(left);
            headroom.granted(crowd, resources);
        }

        /** What was given of the agent so far, in both stages. */
        private List<Allocation> served() {
            var served = new ArrayList<Allocation>(places.size() + granted.size());
            places.forEach(place -> served.add(made.get(place)));
            served.addAll(granted);
            return served;
        }
    }
}
