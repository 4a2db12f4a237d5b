package org.mesolith.leader.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.Verdict;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/** Laws of explanations on random small clusters; the seed is printed and can be given with -Dseed. */
final class ExplainerLawsTest {
    private static final int CLUSTERS = 300;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    private String example = "";

    ExplainerLawsTest() {
        System.out.println("ExplainerLawsTest seed " + seed);
    }

    @Test
    void offeredIsSaidExactlyWhenTheAllocatorOffers() {
        for (int i = 0; i < CLUSTERS; i++) {
            var scene = new RandomScene(random.split()).make();
            var offered = offered(scene);
            for (var framework : scene.input().frameworks()) {
                var said = new TreeSet<String>();
                for (var group : new Explainer(scene, framework.id(), () -> true)
                        .all(null)
                        .groups()) {
                    if (group.verdict().equals(Verdict.Answer.OFFERED.name())) {
                        group.agents().forEach(agent -> said.add(framework.id() + " " + group.role() + " " + agent));
                    }
                }
                assertThat(said)
                        .as("cluster " + i + " of seed " + seed + ", framework " + framework.id())
                        .isEqualTo(of(framework, offered));
            }
        }
    }

    @Test
    void theChangesFlipEveryVerdictThatIsSaidToFlip() {
        var seen = new TreeMap<String, Integer>();
        var stuck = new TreeMap<String, Integer>();
        for (int i = 0; i < CLUSTERS; i++) {
            var scene = new RandomScene(random.split()).make();
            for (var framework : scene.input().frameworks()) {
                for (var role : RandomScene.ROLES) {
                    for (int agent = 1; agent <= 4; agent++) {
                        check(scene, framework.id(), role, new AgentId("S" + agent), seen, stuck);
                    }
                }
            }
        }
        System.out.println("seen " + seen + ", nothing helps " + stuck);
        for (var answer : Verdict.Answer.values()) {
            if (answer != Verdict.Answer.OFFERED) {
                assertThat(seen).as("seed " + seed).containsKey(answer.name());
            }
        }
        Arrays.stream(Aside.Reason.values())
                .forEach(reason -> assertThat(seen).as("seed " + seed).containsKey(reason.name()));
        assertThat(seen).as("seed " + seed).containsKey(OfferExplanation.ROUNDS_HELD);
        // Of an agent that has nothing for the role nobody can make it offer something.
        assertThat(stuck.keySet()).as("seed " + seed + ": " + example).isSubsetOf("NOTHING_FREE", "NOTHING_USABLE");
    }

    private void check(
            Scene scene,
            FrameworkId framework,
            String role,
            AgentId agent,
            SortedMap<String, Integer> seen,
            SortedMap<String, Integer> stuck) {
        if (scene.supply(agent) == null && !scene.asides().containsKey(agent)) {
            return;
        }
        var chain = Chain.of(scene, framework, role, agent);
        var where = "seed " + seed + ": " + chain;
        var then = scene.over(agent);
        for (var blocker : chain.blockers()) {
            seen.merge(blocker.verdict(), 1, Integer::sum);
            assertThat(offered(then)).as(where).doesNotContain(framework + " " + role + " " + agent);
            var change = blocker.change();
            if (change != null) {
                assertThat(change.text()).as(where).isNotBlank();
                then = Changes.make(then, change);
            }
        }
        if (chain.flips()) {
            assertThat(offered(then)).as(where).contains(framework + " " + role + " " + agent);
        } else {
            var last = chain.blockers().getLast();
            assertThat(last.change()).as(where).isNull();
            stuck.merge(last.verdict(), 1, Integer::sum);
            example = last.verdict().startsWith("NOTHING") ? example : where;
        }
    }

    /** What the leader does with such a round. */
    private static SortedSet<String> offered(Scene scene) {
        var offered = new TreeSet<String>();
        if (scene.held() != null) {
            return offered;
        }
        for (var allocation : Allocator.allocate(scene.input())) {
            offered.add(allocation.framework() + " " + allocation.role() + " " + allocation.agent());
        }
        return offered;
    }

    private static SortedSet<String> of(FrameworkDemand framework, SortedSet<String> offered) {
        return new TreeSet<>(offered.stream()
                .filter(one -> one.startsWith(framework.id() + " "))
                .toList());
    }
}
