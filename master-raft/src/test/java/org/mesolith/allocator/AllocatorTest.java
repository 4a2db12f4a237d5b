package org.mesolith.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;

/** Who gets what; one sentence each. */
final class AllocatorTest {
    private final AllocatorBed bed = new AllocatorBed();

    @Test
    void everyNewAgentGoesWholeToThePoorestFrameworkOfThePoorestRole() {
        bed.agent("a1", "cpus:2;mem:1024").framework("f1", "role1");
        assertThat(bed.run()).containsExactly("f1 role1 a1 cpus:2;mem:1024");

        bed.framework("f2", "role2").agent("a2", "cpus:1;mem:512");
        assertThat(bed.run()).containsExactly("f2 role2 a2 cpus:1;mem:512");

        bed.agent("a3", "cpus:3;mem:2048");
        assertThat(bed.run()).containsExactly("f2 role2 a3 cpus:3;mem:2048");

        bed.framework("f3", "role1").agent("a4", "cpus:4;mem:4096");
        assertThat(bed.run()).containsExactly("f3 role1 a4 cpus:4;mem:4096");
    }

    @Test
    void reservationsThatAreAllocatedCountTowardsTheShareOfTheirRole() {
        bed.agent("a1", "cpus:1;mem:512;cpus(role1):100;mem(role1):1024").framework("f1", "role1");
        bed.run();
        bed.framework("f2", "role2").agent("a2", "cpus:2;mem:512");
        assertThat(bed.run()).containsExactly("f2 role2 a2 cpus:2;mem:512");

        bed.agent("a3", "cpus:2;mem:512");
        assertThat(bed.run()).containsExactly("f2 role2 a3 cpus:2;mem:512");
    }

    @Test
    void whatIsReservedForOthersGoesOnToTheNext() {
        bed.framework("f1", "role1").framework("f2", "role2").agent("a1", "cpus:1;mem:512;cpus(role2):4;mem(role2):64");

        assertThat(bed.run()).containsExactly("f1 role1 a1 cpus:1;mem:512", "f2 role2 a1 cpus(role2):4;mem(role2):64");
    }

    @Test
    void anIdleRoleBelowARichParentLosesAgainstOneBelowAPoorerParent() {
        bed.agent("a1", "cpus:2;mem:1024").framework("f1", "a/b");
        bed.run();
        bed.framework("f2", "a/c").framework("f3", "d/e").agent("a2", "cpus:1;mem:512");
        assertThat(bed.run()).containsExactly("f3 d/e a2 cpus:1;mem:512");

        bed.framework("f4", "d/f").agent("a3", "cpus:2;mem:1024");
        assertThat(bed.run()).containsExactly("f4 d/f a3 cpus:2;mem:1024");
    }

    @Test
    void aRoleWithFrameworksAndSubrolesCompetesWithThemAsOneMore() {
        bed.framework("f1", "eng").framework("f2", "eng/dev").framework("f3", "ops");

        assertThat(bed.agent("a1", "cpus:1;mem:100").run()).containsExactly("f1 eng a1 cpus:1;mem:100");
        assertThat(bed.agent("a2", "cpus:1;mem:100").run()).containsExactly("f3 ops a2 cpus:1;mem:100");
        assertThat(bed.agent("a3", "cpus:1;mem:100").run()).containsExactly("f2 eng/dev a3 cpus:1;mem:100");
        assertThat(bed.agent("a4", "cpus:1;mem:100").run()).containsExactly("f3 ops a4 cpus:1;mem:100");
    }

    @Test
    void amongEquallyPoorOnesTheOneServedLessComesFirst() {
        bed.framework("f1", "*").framework("f2", "*").agent("a1", "cpus:2;mem:1024");

        assertThat(bed.run()).containsExactly("f1 * a1 cpus:2;mem:1024");
        assertThat(bed.giveBack("f1").run()).containsExactly("f2 * a1 cpus:2;mem:1024");
        assertThat(bed.giveBack("f2").run()).containsExactly("f1 * a1 cpus:2;mem:1024");
    }

    @Test
    void aRoleOfTwiceTheWeightGetsTwiceTheAgents() {
        bed.framework("f1", "role1").framework("f2", "role2").weight("role2", 2);
        for (int i = 1; i <= 6; i++) {
            bed.agent("a" + i, "cpus:2;mem:1024");
        }

        assertThat(bed.run().stream().filter(line -> line.startsWith("f2"))).hasSize(4);
    }

    @Test
    void onlyTheDominantResourceCounts() {
        bed.agent("a1", "cpus:1;mem:9000").framework("f1", "memory");
        bed.run();
        bed.framework("f2", "compute").agent("a2", "cpus:5;mem:1000");
        bed.run();
        bed.agent("a3", "cpus:4;mem:100");

        assertThat(bed.run()).containsExactly("f2 compute a3 cpus:4;mem:100");
    }

    @Test
    void whatIsExcludedFromFairnessDoesNotCount() {
        bed.rules(new AllocatorRules(List.of(), List.of("mem"), true, null));
        bed.agent("a1", "cpus:1;mem:9000").framework("f1", "r1");
        bed.run();
        bed.framework("f2", "r2").agent("a2", "cpus:4;mem:10");
        bed.run();
        bed.agent("a3", "cpus:1;mem:10");

        assertThat(bed.run()).containsExactly("f1 r1 a3 cpus:1;mem:10");
    }

    @Test
    void aRefusalHidesWhatIsContainedInItAndNothingMore() {
        bed.framework("f1", "r").agent("a1", "cpus:2;mem:512").refuse("f1", "r", "a1", "cpus:2;mem:512");
        assertThat(bed.run()).isEmpty();

        bed.agent("a1", "cpus:3;mem:512");
        assertThat(bed.run()).containsExactly("f1 r a1 cpus:3;mem:512");
    }

    @Test
    void aRefusalBindsOneFrameworkAndOneRole() {
        bed.framework("f1", "r").framework("f2", "r").agent("a1", "cpus:2;mem:512");
        bed.refuse("f1", "r", "a1", "cpus:2;mem:512");

        assertThat(bed.run()).containsExactly("f2 r a1 cpus:2;mem:512");
    }

    @Test
    void lessThanEveryMinimumIsNotOffered() {
        bed.framework("f1", "r")
                .agent("a1", "cpus:0.009;mem:31")
                .agent("a2", "cpus:0.01")
                .agent("a3", "mem:32");

        assertThat(bed.run()).containsExactly("f1 r a2 cpus:0.01", "f1 r a3 mem:32");
    }

    @Test
    void aSuppressedRoleAndAFrameworkThatIsAwayGetNothing() {
        bed.framework("f1", "r").state("f1", "r", RoleDemand.State.SUPPRESSED);
        bed.framework("f2", "r").active("f2", false).agent("a1", "cpus:2;mem:512");

        assertThat(bed.run()).isEmpty();
    }

    @Test
    void anAgentWithGpusGoesOnlyToFrameworksThatCanUseThem() {
        bed.framework("f1", "r").agent("a1", "cpus:2;mem:512;gpus:1");
        assertThat(bed.run()).isEmpty();

        bed.can("f1", FrameworkCapability.GPU_RESOURCES);
        assertThat(bed.run()).containsExactly("f1 r a1 cpus:2;gpus:1;mem:512");
    }

    @Test
    void anAgentOfAnotherRegionGoesOnlyToFrameworksThatKnowRegions() {
        bed.rules(new AllocatorRules(List.of(Quantities.of("cpus", 10)), List.of(), true, "here"));
        bed.framework("f1", "r").agent("a1", "cpus:2", new FaultDomain("there", "z1"));
        assertThat(bed.run()).isEmpty();

        bed.can("f1", FrameworkCapability.REGION_AWARE);
        assertThat(bed.run()).containsExactly("f1 r a1 cpus:2");
    }

    @Test
    void anAgentThatKnowsNoHierarchyGoesToNoNestedRole() {
        bed.framework("f1", "a/b").agent("a1", "cpus:2", AgentCapability.MULTI_ROLE);
        assertThat(bed.run()).isEmpty();
    }

    @Test
    void revocableResourcesGoOnlyToFrameworksThatWantThem() {
        bed.framework("f1", "r").agent("a1", "cpus:2;cpus{REV}:1");
        assertThat(bed.run()).containsExactly("f1 r a1 cpus:2");

        bed.can("f1", FrameworkCapability.REVOCABLE_RESOURCES);
        assertThat(bed.run()).containsExactly("f1 r a1 cpus{REV}:1");
    }

    @Test
    void theVerdictsSayWhyNot() {
        bed.framework("f1", "poor")
                .framework("f2", "rich")
                .agent("a1", "cpus:2;mem:512")
                .agent("a2", "cpus:0.001");
        bed.refuse("f2", "rich", "a2", "cpus:1");

        assertThat(verdictsOnF2()).containsExactly("rich a1 OUTRANKED", "rich a2 BELOW_MINIMUM");
    }

    @Test
    void whoCannotHaveAnAgentAnywayIsNotOutranked() {
        bed.framework("f1", "poor").framework("f2", "rich").agent("a1", "cpus:2;mem:512");
        bed.refuse("f2", "rich", "a1", "cpus:2;mem:512");

        assertThat(verdictsOnF2()).containsExactly("rich a1 REFUSED_BEFORE");
    }

    private List<String> verdictsOnF2() {
        return Allocator.explain(bed.input(), new FrameworkId("f2")).values().stream()
                .flatMap(byAgent -> byAgent.values().stream())
                .map(verdict -> verdict.role() + " " + verdict.agent() + " " + verdict.answer())
                .toList();
    }

    @Test
    void sharesAreThoseOfTheSubtree() {
        bed.framework("f1", "a/b").framework("f2", "a").agent("a1", "cpus:1").agent("a2", "cpus:3");
        bed.run("a1");
        bed.run("a2");

        assertThat(Allocator.shares(bed.input())).containsEntry("a", 1.0).hasSize(2);
    }

    @Test
    void whatIsHeldForARoleThatWasLeftStillCounts() {
        bed.framework("f1", "r1").agent("a1", "cpus:8;mem:8");
        bed.run();
        bed.state("f1", "r1", RoleDemand.State.LEFT).framework("f2", "r1").framework("f3", "r2");
        bed.agent("a2", "cpus:1;mem:1");

        assertThat(bed.run()).containsExactly("f3 r2 a2 cpus:1;mem:1");
    }
}
