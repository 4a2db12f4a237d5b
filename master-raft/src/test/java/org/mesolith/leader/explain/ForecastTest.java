package org.mesolith.leader.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/** What would be if. */
final class ForecastTest {
    private static final AgentId A1 = new AgentId("A1");

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void withoutAWishNothingIsDifferent() {
        System.out.println("ForecastTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            var answer = new Forecast(new RandomScene(random.split()).make()).of(List.of());

            assertThat(answer.unusedAfter()).as("seed " + seed).isEqualTo(answer.unusedBefore());
            assertThat(answer.roles())
                    .as("seed " + seed)
                    .allSatisfy(line -> assertThat(line.after()).isEqualTo(line.before()));
        }
    }

    @Test
    void aHigherWeightGainsWhatTheOtherLoses() {
        var answer = new Forecast(cluster(12, 0)).of(List.of(new Wish.SetWeight("a", 3)));

        assertThat(fates(answer)).containsExactly("a GAINS cpus:6 cpus:9", "b LOSES cpus:6 cpus:3");
    }

    @Test
    void moreAgentsAreSharedByAll() {
        var answer = new Forecast(cluster(4, 0)).of(List.of(new Wish.AddAgents(4, A1)));

        assertThat(fates(answer)).containsExactly("a GAINS cpus:2 cpus:4", "b GAINS cpus:2 cpus:4");
    }

    @Test
    void aNewFrameworkTakesFromTheOthers() {
        var answer = new Forecast(cluster(6, 0)).of(List.of(new Wish.AddFramework("new", "c")));

        assertThat(fates(answer)).containsExactly("a LOSES cpus:3 cpus:2", "b LOSES cpus:3 cpus:2", "c GAINS  cpus:2");
    }

    @Test
    void anAgentThatGoesTakesItsTasksAlong() {
        var answer = new Forecast(cluster(2, 1)).of(List.of(new Wish.RemoveAgent(A1)));

        assertThat(answer.remarks()).containsExactly("removing agent A1 ends 1 task that runs on it");
        assertThat(answer.roles())
                .allSatisfy(line -> assertThat(line.after().milli("cpus")).isLessThan(2_000));
    }

    @Test
    void aDrainedAgentIsNotOfferedAnyMore() {
        var answer = new Forecast(cluster(2, 0)).of(List.of(new Wish.Drain(A1)));

        assertThat(answer.roles().stream().map(line -> line.fate().name())).contains("STARVES");
    }

    @Test
    void aGuaranteeThatTheClusterCannotMeetDoesNotHold() {
        var quota = new Quota("a", Quantities.of("cpus", 9_000), QuantityLimits.NONE);

        var answer = new Forecast(cluster(4, 0)).of(List.of(new Wish.SetQuota(quota)));

        var line = answer.guarantees().getFirst();
        assertThat(line.lacking()).isEqualTo(Quantities.of("cpus", 5_000));
        assertThat(line.text()).contains("are more than the cluster has");
    }

    @Test
    void aGuaranteeIsMetBeforeOthersGetAnything() {
        var quota = new Quota("a", Quantities.of("cpus", 3_000), QuantityLimits.NONE);

        var answer = new Forecast(cluster(4, 0)).of(List.of(new Wish.SetQuota(quota)));

        assertThat(fates(answer)).containsExactly("a GAINS cpus:2 cpus:3", "b LOSES cpus:2 cpus:1");
        assertThat(answer.guarantees().getFirst().text()).isEqualTo("the guarantee holds");
    }

    @Test
    void aLimitLeavesTheRestToOthers() {
        var quota = new Quota("a", Quantities.NONE, QuantityLimits.parse("cpus:1"));

        var answer = new Forecast(cluster(4, 0)).of(List.of(new Wish.SetQuota(quota)));

        assertThat(fates(answer)).containsExactly("a LOSES cpus:2 cpus:1", "b GAINS cpus:2 cpus:3");
    }

    @Test
    void roundsThatWaitAreSaidFirst() {
        var scene = cluster(2, 1);
        var held = new RoundsHeld(3, 1, Duration.ofSeconds(90));
        var waiting = new Scene(scene.input(), scene.asides(), scene.holdings(), scene.filters(), held, scene.now());

        var answer = new Forecast(waiting).of(List.of(new Wish.RemoveAgent(A1)));

        assertThat(answer.remarks()).hasSize(2);
        assertThat(answer.remarks().getFirst())
                .contains("before 3 agents are back", "another 90 s", "1 is back, 2 are missing", "once that is over");
    }

    private static List<String> fates(WhatIf answer) {
        return answer.roles().stream()
                .map(line -> line.role() + " " + line.fate() + " " + line.before() + " " + line.after())
                .toList();
    }

    /** Agents of one cpu each, frameworks fa and fb of roles a and b; fa has tasks of one cpu on the first agents. */
    private static Scene cluster(int agents, int tasks) {
        var supplies = new ArrayList<AgentSupply>();
        var holdings = new TreeMap<AgentId, List<Holding>>();
        var one = Resources.parse("cpus:1");
        var total = Quantities.NONE;
        for (int i = 1; i <= agents; i++) {
            var id = new AgentId("A" + i);
            var info = new AgentInfo(
                    id.value(),
                    5051,
                    one,
                    List.of(),
                    null,
                    List.of(AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE),
                    "1.11.0");
            boolean used = i <= tasks;
            supplies.add(new AgentSupply(id, info, one, used ? Resources.EMPTY : one));
            if (used) {
                holdings.put(id, List.of(new Holding(new FrameworkId("fa"), "a", one, false, "t" + i)));
            }
            total = total.plus(one.scalarQuantities());
        }
        var frameworks = List.of(framework("fa", "a", tasks), framework("fb", "b", 0));
        var free = Quantities.of("cpus", 1_000L * (agents - tasks));
        var book = new QuotaBook(new TreeMap<>(), new TreeMap<>(), free);
        var rules = new AllocatorRules(List.of(Quantities.of("cpus", 10)), List.of(), true, null);
        var input =
                new AllocationInput(7, total, supplies, frameworks, new TreeMap<>(), new GrantCounts(), book, rules);
        return new Scene(
                input,
                new TreeMap<>(),
                agent -> holdings.getOrDefault(agent, List.of()),
                FilterPicture.NONE,
                null,
                Instant.EPOCH);
    }

    private static FrameworkDemand framework(String id, String role, int cpus) {
        var roles = new TreeMap<String, RoleDemand>();
        var held = cpus == 0 ? Quantities.NONE : Quantities.of("cpus", 1_000L * cpus);
        roles.put(role, new RoleDemand(RoleDemand.State.WANTED, held, null, new TreeMap<>()));
        return new FrameworkDemand(
                new FrameworkId(id), true, List.of(FrameworkCapability.MULTI_ROLE), roles, ConstraintFilter.NONE);
    }
}
