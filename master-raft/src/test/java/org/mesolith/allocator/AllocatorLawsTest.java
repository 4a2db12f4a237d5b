package org.mesolith.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** Laws that hold for every cluster; the seed of the random ones is printed and can be given with -Dseed. */
final class AllocatorLawsTest {
    private static final int CLUSTERS = 300;
    private static final List<String> ROLES = List.of("*", "a", "a/b", "a/b/c", "b", "b/x", "c");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    AllocatorLawsTest() {
        System.out.println("AllocatorLawsTest seed " + seed);
    }

    private AllocatorBed cluster() {
        var bed = new AllocatorBed().seed(random.nextLong());
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            var reserved = random.nextInt(3) == 0 ? ";cpus(a):" + random.nextInt(1, 4) : "";
            bed.agent("agent" + i, "cpus:" + random.nextInt(1, 16) + ";mem:" + random.nextInt(1, 512) + reserved);
        }
        for (int i = random.nextInt(1, 10); i > 0; i--) {
            bed.framework("framework" + i, ROLES.get(random.nextInt(ROLES.size())));
        }
        if (random.nextBoolean()) {
            bed.weight(ROLES.get(random.nextInt(ROLES.size())), 1 + random.nextInt(4));
        }
        return bed;
    }

    @Test
    void neverMoreIsGivenThanIsFree() {
        for (int i = 0; i < CLUSTERS; i++) {
            var bed = cluster();
            var input = bed.input();
            var given = new TreeMap<AgentId, Resources>();
            for (var allocation : Allocator.allocate(input)) {
                given.merge(allocation.agent(), allocation.resources(), Resources::plus);
            }
            for (var agent : input.agents()) {
                assertThat(agent.free().contains(given.getOrDefault(agent.id(), Resources.EMPTY)))
                        .as("seed " + seed + ": " + agent + " gave " + given.get(agent.id()))
                        .isTrue();
            }
        }
    }

    @Test
    void theSameInputGivesTheSameAnswer() {
        for (int i = 0; i < CLUSTERS; i++) {
            var bed = cluster();

            assertThat(bed.allocate()).as("seed " + seed).isEqualTo(bed.allocate());
        }
    }

    @Test
    void whoIsServedWasAmongThePoorest() {
        for (int i = 0; i < CLUSTERS; i++) {
            var bed = new AllocatorBed();
            int frameworks = random.nextInt(2, 8);
            for (int f = 0; f < frameworks; f++) {
                bed.framework("f" + f, "r" + f);
            }
            var held = new ArrayList<Integer>();
            for (int f = 0; f < frameworks; f++) {
                held.add(0);
            }
            for (int a = 0; a < 10; a++) {
                int cpus = random.nextInt(1, 9);
                bed.agent("a" + a, "cpus:" + cpus);
                var served = bed.allocate("a" + a).getFirst();
                bed.keep(served);
                int who = Integer.parseInt(served.framework().value().substring(1));
                assertThat(held.get(who))
                        .as("seed " + seed + " " + held)
                        .isEqualTo(held.stream().min(Integer::compare).orElseThrow());
                held.set(who, held.get(who) + cpus);
            }
        }
    }

    @Test
    void everythingIsGivenToALoneFrameworkThatCanUseIt() {
        for (int i = 0; i < CLUSTERS; i++) {
            var bed = new AllocatorBed().seed(random.nextLong()).framework("f", "r");
            for (int a = random.nextInt(1, 20); a > 0; a--) {
                bed.agent("a" + a, "cpus:" + random.nextInt(1, 9));
            }
            var input = bed.input();

            var given = Quantities.NONE;
            for (var allocation : Allocator.allocate(input)) {
                given = given.plus(allocation.resources().scalarQuantities());
            }

            assertThat(given).as("seed " + seed).isEqualTo(input.clusterTotal());
        }
    }
}
