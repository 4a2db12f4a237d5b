package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.Verdict;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;

/** Explains why a framework is or is not offered agents. Any thread. */
public final class Explainer {
    /** Groups whose first agent is worked out. */
    private static final int EXAMPLES_MAX = 64;

    /** Those named that come first on most agents. */
    private static final int RIVALS_NAMED_MAX = 3;

    private final Scene scene;
    private final FrameworkId framework;
    private final BooleanSupplier late;

    /**
     * @param late whether time is up: groups are then told without what would change them
     */
    public Explainer(Scene scene, FrameworkId framework, BooleanSupplier late) {
        this.scene = scene;
        this.framework = framework;
        this.late = late;
    }

    /**
     * What makes agents the same.
     *
     * @param behind the verdict that would follow; empty unless one comes before all others
     */
    private record Key(String role, String verdict, String behind) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::role)
                    .thenComparing(Key::verdict)
                    .thenComparing(Key::behind)
                    .compare(this, other);
        }
    }

    /** Agents of one key, and the verdict about the first of them; null if that one is aside. */
    private static final class Heap {
        private final List<AgentId> agents = new ArrayList<>();
        private @Nullable Verdict first;

        /** Of how many agents each was served before. */
        private final SortedMap<String, Integer> rivals = new TreeMap<>();

        void add(AgentId agent, @Nullable Verdict verdict) {
            if (agents.isEmpty() || agent.compareTo(agents.getFirst()) < 0) {
                agents.addFirst(agent);
                first = verdict;
            } else {
                agents.add(agent);
            }
            if (verdict != null && verdict.rival() != null) {
                rivals.merge(verdict.rival().standing().other(), 1, Integer::sum);
            }
        }
    }

    /**
     * Over all agents.
     *
     * @param only the role that is asked about, also one that the framework does not have; null for all that it has
     */
    public OfferExplanation all(@Nullable String only) {
        var roles = roles(only);
        var heaps = new TreeMap<Key, Heap>();
        var verdicts = Allocator.explain(scene.input(), framework);
        for (var role : roles) {
            for (var supply : scene.input().agents()) {
                var verdict = verdicts.getOrDefault(role, new TreeMap<>()).get(supply.id());
                put(heaps, key(role, supply, verdict), supply.id(), verdict);
            }
            scene.asides()
                    .forEach((agent, aside) ->
                            put(heaps, new Key(role, aside.reason().name(), ""), agent, null));
        }
        return explanation(
                roles, heaps, scene.input().agents().size() + scene.asides().size());
    }

    /** Everything about one agent. */
    public OfferExplanation one(AgentId agent, @Nullable String only) {
        var roles = roles(only);
        var heaps = new TreeMap<Key, Heap>();
        var verdicts = Allocator.explain(scene.input(), framework);
        for (var role : roles) {
            var aside = scene.asides().get(agent);
            var verdict = verdicts.getOrDefault(role, new TreeMap<>()).get(agent);
            var key = aside == null
                    ? key(role, Check.present(scene.supply(agent), "agent of the question"), verdict)
                    : new Key(role, aside.reason().name(), "");
            put(heaps, key, agent, verdict);
        }
        return explanation(roles, heaps, 1);
    }

    private List<String> roles(@Nullable String only) {
        if (only != null) {
            return List.of(only);
        }
        var demand = scene.framework(framework);
        return demand == null ? List.of() : List.copyOf(demand.roles().keySet());
    }

    private Key key(String role, AgentSupply agent, @Nullable Verdict verdict) {
        if (verdict == null) {
            return new Key(role, scene.uninvolved(framework, role).name(), "");
        }
        boolean space = switch (verdict.answer()) {
            case NOTHING_FREE, NOTHING_USABLE, BELOW_MINIMUM -> true;
            case FRAMEWORK_NOT_CONNECTED,
                    ROLE_NOT_SUBSCRIBED,
                    ROLE_SUPPRESSED,
                    OUTRANKED,
                    CONSTRAINTS,
                    AGENT_WITHOUT_MULTI_ROLE,
                    AGENT_WITHOUT_HIERARCHICAL_ROLE,
                    GPUS_NOT_WANTED,
                    OTHER_REGION,
                    QUOTA_LIMIT,
                    QUOTA_HEADROOM,
                    REFUSED_BEFORE,
                    OFFERED -> false;
        };
        if (space && offer(role, agent.id()) != null) {
            return new Key(role, OfferExplanation.HOLDS_OFFER, "");
        }
        var answer = verdict.answer() == Verdict.Answer.BELOW_MINIMUM
                ? new Budget(scene, verdict, agent).cause()
                : verdict.answer();
        return new Key(role, answer.name(), "");
    }

    private @Nullable Holding offer(String role, AgentId agent) {
        for (var holding : scene.holdings().of(agent)) {
            if (holding.isOffer()
                    && holding.framework().equals(framework)
                    && holding.role().equals(role)) {
                return holding;
            }
        }
        return null;
    }

    private void put(SortedMap<Key, Heap> heaps, Key key, AgentId agent, @Nullable Verdict verdict) {
        // While rounds wait, that comes first for every agent; what else is in the way still tells them apart.
        var first = scene.held() == null ? key : new Key(key.role(), OfferExplanation.ROUNDS_HELD, key.verdict());
        heaps.computeIfAbsent(first, k -> new Heap()).add(agent, verdict);
    }

    private OfferExplanation explanation(List<String> roles, SortedMap<Key, Heap> heaps, int agents) {
        var groups = new ArrayList<OfferExplanation.Group>();
        var largestFirst = new ArrayList<>(heaps.entrySet());
        largestFirst.sort(Comparator.comparing(entry -> -entry.getValue().agents.size()));
        for (var entry : largestFirst) {
            groups.add(group(entry.getKey(), entry.getValue(), groups.size() < EXAMPLES_MAX));
        }
        return new OfferExplanation(framework, scene.now(), agents, standings(roles), groups);
    }

    private OfferExplanation.Group group(Key key, Heap heap, boolean workOut) {
        var agent = heap.agents.getFirst();
        var role = key.role();
        if (key.verdict().equals(OfferExplanation.HOLDS_OFFER)) {
            var offer = offer(role, agent);
            var what = offer == null ? "" : ": " + offer.what() + " with " + offer.resources();
            return new OfferExplanation.Group(
                    role,
                    key.verdict(),
                    "the framework has an open offer of the agent" + what,
                    heap.agents,
                    new Chain(agent, role, List.of(), true));
        }
        if (key.verdict().equals(Verdict.Answer.OFFERED.name())) {
            var resources = heap.first == null ? "" : ": " + heap.first.resources();
            return new OfferExplanation.Group(
                    role,
                    key.verdict(),
                    "the next round offers it" + resources,
                    heap.agents,
                    new Chain(agent, role, List.of(), true));
        }
        var chain = workOut && !late.getAsBoolean() ? Chain.of(scene, framework, role, agent) : null;
        return new OfferExplanation.Group(role, key.verdict(), text(key, heap, chain), heap.agents, chain);
    }

    private String text(Key key, Heap heap, @Nullable Chain chain) {
        if (chain != null) {
            for (var blocker : chain.blockers()) {
                if (blocker.verdict().equals(key.verdict())) {
                    return blocker.text() + rivals(heap);
                }
            }
        }
        if (scene.held() != null) {
            return Words.held(scene.held());
        }
        var verdict = heap.first;
        if (verdict == null || scene.supply(verdict.agent()) == null) {
            return key.verdict().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
        return "in a round over all agents, with what is given before in it: "
                + new Reasons(scene.over(verdict.agent()), verdict).text() + rivals(heap);
    }

    /** Who comes first on all the agents together, if it is not always the same. */
    private static String rivals(Heap heap) {
        if (heap.rivals.size() < 2) {
            return "";
        }
        var mostFirst = new ArrayList<>(heap.rivals.entrySet());
        mostFirst.sort(Comparator.comparing(entry -> -entry.getValue()));
        var text = new StringBuilder();
        int rest = 0;
        for (int i = 0; i < mostFirst.size(); i++) {
            int agents = mostFirst.get(i).getValue();
            if (i < RIVALS_NAMED_MAX) {
                var path = mostFirst.get(i).getKey();
                text.append(i == 0 ? "; first come " : ", ")
                        .append(path)
                        .append(" on ")
                        .append(Words.agents(agents));
            } else {
                rest += agents;
            }
        }
        return rest == 0 ? text.toString() : text + ", others on " + Words.agents(rest);
    }

    private List<OfferExplanation.RoleStanding> standings(List<String> roles) {
        var shares = Allocator.shares(scene.input());
        var book = scene.input().quota();
        var standings = new ArrayList<OfferExplanation.RoleStanding>();
        for (var role : roles) {
            var top = QuotaBook.topOf(role);
            var quota = book.quotas().getOrDefault(top, Quota.none(top));
            standings.add(new OfferExplanation.RoleStanding(
                    role,
                    shares.getOrDefault(role, 0.0),
                    scene.input().weightByRole().getOrDefault(role, 1.0),
                    quota.guarantees(),
                    quota.limits(),
                    book.consumed().getOrDefault(top, Quantities.NONE)));
        }
        return standings;
    }
}
