package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * One allocation round: every agent, in an order drawn from the seed, goes whole to the framework that has least in the
 * role that has least and that can use it; what is left of it (reservations of others) goes on to the next.
 *
 * <p>Mesos: {@code HierarchicalAllocatorProcess::__allocate}.
 */
public final class Allocator {
    private final AllocationInput input;
    private final @Nullable FrameworkDemand explained;
    private final RoleTree tree;
    private final List<Allocation> made = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    private Allocator(AllocationInput input, @Nullable FrameworkDemand explained) {
        this.input = input;
        this.explained = explained;
        this.tree = new RoleTree(input);
    }

    /** What this round gives, in the order it was given. Nothing is given twice. */
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
        return new RoleTree(input).shares();
    }

    private void run() {
        for (var agent : shuffled(input.agents(), input.seed())) {
            new AgentTurn(agent).take();
        }
    }

    private static <T> List<T> shuffled(List<T> ordered, long seed) {
        var random = new SplittableRandom(seed);
        var shuffled = new ArrayList<>(ordered);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }

    /** One agent, offered along the ranking as it was at the start of the turn. */
    private final class AgentTurn {
        private final AgentSupply agent;
        private final int madeBefore = made.size();
        private final SortedSet<String> judged = new TreeSet<>();
        private Resources left;

        AgentTurn(AgentSupply agent) {
            this.agent = agent;
            this.left = agent.free();
        }

        void take() {
            if (!left.isEmpty()) {
                tree.visitRoles(this::offerTo);
            }
            // The ranking must not move under the visit, so shares grow only now.
            for (var grant : made.subList(madeBefore, made.size())) {
                tree.granted(grant.role(), grant.framework(), grant.resources().scalarQuantities());
            }
            if (explained != null) {
                explained.roles().keySet().stream()
                        .filter(role -> !judged.contains(role))
                        .forEach(role -> judge(explained, role));
            }
        }

        /** False when nothing is left for anybody else. */
        private boolean offerTo(RoleNode roleNode) {
            var role = Check.present(roleNode.role, "role of a leaf");
            for (var candidate : roleNode.ranking) {
                judge(Check.present(candidate.framework, "framework of a leaf"), role);
                if (left.isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        private void judge(FrameworkDemand framework, String role) {
            var offerable = Offerable.judge(agent, left, framework, role, input.rules());
            var resources = offerable.resources();
            if (explained != null && framework.id().equals(explained.id())) {
                judged.add(role);
                verdicts.add(new Verdict(framework.id(), role, agent.id(), offerable.answer(), resources.toString()));
            }
            if (offerable.answer() == Verdict.Answer.OFFERED) {
                made.add(new Allocation(framework.id(), role, agent.id(), resources));
                left = left.minus(resources);
            }
        }
    }
}
