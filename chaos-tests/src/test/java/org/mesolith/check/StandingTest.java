package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.check.history.HistoryEvent.Kind.OK;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a cluster owes while faults overlap: on histories that are made up. */
final class StandingTest {
    private static final String THREE =
            "masters=3 agents=2 limit-write-ms=50 limit-offer-ms=100 limit-task-ms=150 operations-min=2";
    private static final String FIVE = THREE.replace("masters=3", "masters=5");

    private final ServiceComesBack checker = new ServiceComesBack();

    private static Map<String, String> down(String... names) {
        return Map.of("down", String.join(" ", names));
    }

    /** Nothing goes from the one to the others, nor back. */
    private static String parted(String one, String... others) {
        var text = new StringBuilder();
        for (String other : others) {
            text.append(one).append('>').append(other).append(' ');
            text.append(other).append('>').append(one).append(' ');
        }
        return text.toString();
    }

    private static Map<String, String> cut(String... ways) {
        return Map.of("cut", String.join(" ", ways).strip());
    }

    private static Tale struck(Tale tale) {
        return tale.seen("controller", "struck", "on=x");
    }

    private static Tale workingTables(Tale tale) {
        return tale.weights(OK, "a=1").readWeights("r", "m1", 1, "a=1");
    }

    private static Tale working(Tale tale) {
        return workingTables(tale).seen("f", "offer", "offer=o").launch(OK, "t").update("t", "TASK_RUNNING", "u");
    }

    private void owesNothing(Tale tale) {
        assertThat(checker.check(tale.millis(1_000).end()).problems()).isEmpty();
    }

    private void owes(Tale tale, String... words) {
        assertThat(String.join("\n", checker.check(tale.millis(1_000).end()).problems()))
                .contains(words);
    }

    @Test
    void aMinorityThatIsAwayChangesNothingOfWhatIsOwed() {
        var one = new Tale(THREE);
        one.fault("x", down("master-2"));
        owes(struck(one), "a write had not come", "an offer had not come");

        var two = new Tale(FIVE);
        two.fault("x", down("master-2"));
        two.fault("y", cut(parted("master-1", "master-2", "master-3", "master-4", "master-5")));
        owes(struck(two), "a write had not come", "a launched task that runs had not come");
    }

    @Test
    void twoFaultsThatLeaveNoMajorityTogetherOweNothingUntilOneOfThemIsOver() {
        var tale = new Tale(THREE);
        long crash = tale.fault("x", down("master-2"));
        working(struck(tale));
        tale.fault("y", cut(parted("master-1", "master-2", "master-3")));
        struck(tale).millis(1_000).heal(crash, "x");
        owes(tale, "a write had not come");

        var never = new Tale(THREE);
        never.fault("x", down("master-2"));
        working(struck(never));
        never.fault("y", cut(parted("master-1", "master-2", "master-3")));
        owesNothing(struck(never));
    }

    @Test
    void theFirstOfTwoThatEndsMakesAMomentOfItsOwn() {
        var tale = new Tale(THREE);
        long first = tale.fault("x", down("master-1", "master-2"));
        struck(tale);
        long second = tale.fault("y", down("agent-1"));
        struck(tale).millis(500);
        tale.heal(first, "x").millis(400).heal(second, "y");
        owes(working(tale), "(x ) a write had not come");
    }

    @Test
    void aMajorityIsOneThatReachesEachOther() {
        var ring = new Tale(FIVE);
        ring.fault(
                "ring",
                cut(
                        parted("master-1", "master-3", "master-4"),
                        parted("master-2", "master-4", "master-5"),
                        parted("master-3", "master-5")));
        owesNothing(struck(ring));

        var bridge = new Tale(FIVE);
        bridge.fault(
                "bridge", cut(parted("master-1", "master-4", "master-5"), parted("master-2", "master-4", "master-5")));
        owes(struck(bridge), "a write had not come");

        var oneWay = new Tale(THREE);
        oneWay.fault("x", cut("master-1>master-2", "master-3>master-1", "master-2>master-3"));
        owesNothing(struck(oneWay));
    }

    @Test
    void nothingIsOwedToThoseWhomALeaderMayNotReach() {
        var noAgents = new Tale(THREE);
        noAgents.fault("x", cut(parted("master-1", "agent-1", "agent-2")));
        owesNothing(workingTables(struck(noAgents)));

        var oneAgent = new Tale(THREE);
        oneAgent.fault("x", cut(parted("master-1", "agent-1")));
        owes(workingTables(struck(oneAgent)), "an offer had not come");

        var oneAgentEach = new Tale(THREE);
        oneAgentEach.fault("x", cut(parted("master-1", "agent-1"), parted("master-2", "agent-2")));
        owesNothing(workingTables(struck(oneAgentEach)));

        var noFrameworks = new Tale(THREE);
        noFrameworks.fault("x", cut("master-3>frameworks"));
        owesNothing(workingTables(struck(noFrameworks)));

        var noOperators = new Tale(THREE);
        noOperators.fault("x", cut("master-3>operators"));
        owesNothing(struck(noOperators)
                .seen("f", "offer", "offer=o")
                .launch(OK, "t")
                .update("t", "TASK_RUNNING", "u"));

        var isolated = new Tale(THREE);
        isolated.fault("x", cut(parted("master-1", "master-2", "master-3"), parted("master-1", "agent-1", "agent-2")));
        owes(workingTables(struck(isolated)), "an offer had not come");
    }

    @Test
    void aFaultThatSaysThatNoMajorityIsLeftOwesNothingWhileItLasts() {
        var tale = new Tale(THREE);
        long fault = tale.fault("x", Map.of("majority", "lost"));
        owesNothing(struck(tale));

        tale.heal(fault, "x");
        owes(tale, "a write had not come");
    }

    @Test
    void whatIsSentAgainAfterTheMomentCountsAndWhatIsOnlyAnsweredAfterItDoesNot() {
        var again = new Tale(THREE);
        long write = again.begins("w", "weights-set");
        again.fault("x", down("master-2"));
        struck(again).seen("w", "sent-again", "operation=" + write).ends("w", "weights-set", write);
        again.readWeights("r", "m1", 1, "").seen("f", "offer", "offer=o");
        owesNothing(again.launch(OK, "t").update("t", "TASK_RUNNING", "u"));

        var once = new Tale(THREE);
        long late = once.begins("w", "weights-set");
        once.fault("x", down("master-2"));
        struck(once).ends("w", "weights-set", late);
        owes(once, "a write had not come");
    }
}
