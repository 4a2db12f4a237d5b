package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.check.history.HistoryEvent.Kind.FAIL;
import static org.mesolith.check.history.HistoryEvent.Kind.OK;
import static org.mesolith.check.history.HistoryEvent.Kind.UNKNOWN;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mesolith.check.history.History;

/** Each checker on a history in which its claim holds, and on ones in which it does not. */
final class CheckersTest {
    private static final String LIMITS =
            "limit-write-ms=50 limit-offer-ms=100 limit-task-ms=150 operations-min=2 faults=master-crash";

    private static void holds(Checker checker, Tale tale) {
        Verdict verdict = checker.check(tale.end());
        assertThat(verdict.isGreen()).as(verdict.toString()).isTrue();
        assertThat(verdict.looked()).as(verdict.toString()).isPositive();
    }

    private static void isBroken(Checker checker, Tale tale, String... words) {
        isBroken(checker, tale.end(), words);
    }

    private static void isBroken(Checker checker, History history, String... words) {
        Verdict verdict = checker.check(history);
        assertThat(verdict.isGreen()).as(verdict.toString()).isFalse();
        assertThat(String.join("\n", verdict.problems())).contains(words);
    }

    private static Tale tale() {
        return new Tale(LIMITS);
    }

    @Test
    void aReadThatNoOrderOfTheWritesExplainsIsNotLinearizable() {
        var checker = new LinearizableWeights();
        holds(
                checker,
                tale().weights(OK, "a=1")
                        .weights(UNKNOWN, "a=2")
                        .readWeights("r", "m1", 1, "a=1")
                        .readWeights("r", "m2", 2, "a=2")
                        .weights(FAIL, "a=3"));
        isBroken(
                checker,
                tale().weights(OK, "a=1").weights(OK, "a=2").readWeights("r", "m2", 1, "a=1"),
                "no order explains",
                "r reads {a=1}");
        isBroken(checker, tale().weights(FAIL, "a=3").readWeights("r", "m1", 1, "a=3"), "a=3");
        isBroken(checker, tale().weights(OK, "a=1").readWeights("r", "m1", 1, ""), "r reads");
        isBroken(
                checker,
                tale().weights(UNKNOWN, "a=2").readWeights("r", "m1", 1, "a=2").readWeights("r", "m2", 1, ""),
                "r reads");
    }

    @Test
    void anUpdateOfTwoRolesThatIsSeenByHalvesIsNotLinearizable() {
        var checker = new LinearizableQuota();
        holds(checker, quota("a=1 b=1", "a=1 b=1"));
        isBroken(checker, quota("a=1 b=1", "a=1"), "reads {a=1}");
    }

    private static Tale quota(String written, String shown) {
        return tale().set("quota-set", Map.of("limits", written)).get("quota-get", Map.of("limits", shown));
    }

    @Test
    void anAcknowledgedWriteThatIsGoneAtTheEndIsFound() {
        var checker = new AcknowledgedWritesStay();
        holds(checker, tale().weights(OK, "a=1").weights(UNKNOWN, "a=2").readWeights("final:m1", "m1", 1, "a=2"));
        holds(checker, tale().weights(UNKNOWN, "a=1").weights(OK, "a=2").readWeights("final:m1", "m1", 1, "a=1"));
        isBroken(
                checker,
                tale().weights(OK, "a=1").weights(OK, "a=2").readWeights("final:m1", "m1", 1, "a=1"),
                "m1 shows a=1, older than an acknowledged write");
        isBroken(checker, tale().weights(OK, "a=1").readWeights("final:m1", "m1", 1, ""), "a=nothing");
        isBroken(checker, tale().weights(OK, "a=1"), "nobody read weights at the end");
    }

    @Test
    void aWriteThatIsToldTwiceOrNotAtAllOrWasRefusedIsFound() {
        var checker = new WritesAreToldOnce();
        holds(
                checker,
                tale().weights(OK, "a=1")
                        .weights(UNKNOWN, "a=2")
                        .weights(FAIL, "a=3")
                        .told("final:m1", "m1", "1-5-0", "a=1"));
        isBroken(
                checker,
                tale().weights(OK, "a=1").told("final:m1", "m1", "1-5-0", "a=1").told("final:m1", "m1", "1-6-0", "a=1"),
                "2 times of a=1");
        isBroken(
                checker,
                tale().weights(OK, "a=1").weights(OK, "a=2").told("final:m1", "m1", "1-5-0", "a=2"),
                "0 times of a=1");
        isBroken(checker, tale().weights(FAIL, "a=1").told("final:m1", "m1", "1-5-0", "a=1"), "1 times of a=1");
        isBroken(checker, tale().weights(OK, "a=1"), "no master told");
    }

    @Test
    void anIndexThatGoesBackIsFound() {
        var checker = new IndexOnlyGrows();
        holds(
                checker,
                tale().readWeights("r", "m1", 9, "")
                        .readWeights("r", "m2", 9, "")
                        .readWeights("s", "m2", 8, ""));
        isBroken(
                checker,
                tale().readWeights("r", "m1", 9, "").readWeights("r", "m2", 8, ""),
                "r saw index 9 at m1 and then 8 at m2");
    }

    private static Tale toldAtTheEnd() {
        return tale().told("final:m1", "m1", "1-9-0", "a=1")
                .told("final:m1", "m1", "1-10-0", "a=2")
                .told("final:m1", "m1", "1-10-1", "a=3")
                .told("final:m2", "m2", "1-9-0", "a=1")
                .told("final:m2", "m2", "1-10-0", "a=2");
    }

    @Test
    void eventsThatAreMissingTwiceInAnotherOrderOrOtherwiseAreFound() {
        var checker = new EventsAreInOrder();
        holds(checker, toldAtTheEnd().told("r", "m2", "1-10-0", "a=2").told("r", "m1", "1-10-1", "a=3"));
        isBroken(
                checker,
                toldAtTheEnd().told("r", "m2", "1-9-0", "a=1").told("r", "m1", "1-10-1", "a=3"),
                "1-10-1",
                "m1 tells \"1-10-0");
        isBroken(
                checker,
                toldAtTheEnd().told("r", "m2", "1-9-0", "a=1").told("r", "m1", "1-9-0", "a=1"),
                "was told 1-9-0 by m1 after 1-9-0 by m2");
        isBroken(checker, toldAtTheEnd().told("r", "m2", "1-10-0", "a=7"), "a 7");
        isBroken(checker, toldAtTheEnd().told("r", "m2", "1-11-0", "a=4"), "do not tell at the end");
        isBroken(checker, tale().told("r", "m2", "1-11-0", "a=4"), "no master told");
    }

    @Test
    void idsThatAreGivenTwiceAreFound() {
        var checker = new IdsAreUnique();
        String offer = "offer=o1 agent=a1 address=h:1";
        holds(
                checker,
                tale().seen("f", "offer", offer)
                        .seen("f", "offer", "offer=o2 agent=a1 address=h:1")
                        .seen("f", "subscribed", "framework=f1")
                        .seen("f", "subscribed", "framework=f1")
                        .update("t", "TASK_RUNNING", "u1")
                        .update("t", "TASK_RUNNING", "u1"));
        isBroken(checker, tale().seen("f", "offer", offer).seen("g", "offer", offer), "offer o1 was made twice");
        isBroken(
                checker,
                tale().seen("f", "offer", offer).seen("f", "offer", "offer=o2 agent=a1 address=h:2"),
                "agent a1 is of h:1 and of h:2");
        isBroken(checker, tale().update("t", "TASK_RUNNING", "u1").update("s", "TASK_RUNNING", "u1"), "update u1");
        isBroken(
                checker,
                tale().seen("f", "subscribed", "framework=f1").seen("f", "subscribed", "framework=f2"),
                "framework of f");
        isBroken(
                checker,
                tale().seen("f", "subscribed", "framework=f1").seen("g", "subscribed", "framework=f1"),
                "framework f1");
    }

    @Test
    void aTaskThatComesBackFromTheDeadIsFound() {
        var checker = new EndsAreFinal();
        holds(
                checker,
                tale().update("t", "TASK_FINISHED", "u1")
                        .update("t", "TASK_FINISHED", "u1")
                        .answer("t", "TASK_UNKNOWN")
                        .answer("t", "TASK_GONE"));
        isBroken(checker, tale().update("t", "TASK_FINISHED", "u1").answer("t", "TASK_RUNNING"), "TASK_RUNNING");
        isBroken(checker, tale().update("t", "TASK_FINISHED", "u1").update("t", "TASK_GONE", "u2"), "TASK_GONE");
        isBroken(checker, tale().update("t", "TASK_FINISHED", "u1").update("t", "TASK_GONE", ""), "TASK_GONE");
        isBroken(
                checker,
                tale().update("t", "TASK_FINISHED", "u1").update("t", "TASK_RUNNING", "u2"),
                "was TASK_FINISHED and then TASK_RUNNING");
        isBroken(checker, tale().update("t", "TASK_KILLED", "u1").update("t", "TASK_FAILED", "u2"), "TASK_FAILED");
    }

    @Test
    void updatesThatGoBackAreFound() {
        var checker = new UpdatesAreInOrder();
        holds(
                checker,
                tale().update("t", "TASK_STARTING", "u1")
                        .update("t", "TASK_STARTING", "u1")
                        .update("t", "TASK_UNREACHABLE", "")
                        .update("t", "TASK_RUNNING", "u2")
                        .update("t", "TASK_RUNNING", "")
                        .update("t", "TASK_FINISHED", "u3"));
        isBroken(
                checker,
                tale().update("t", "TASK_RUNNING", "u2").update("t", "TASK_STARTING", "u1"),
                "went back to TASK_STARTING");
        isBroken(
                checker,
                tale().update("t", "TASK_RUNNING", "u1")
                        .update("t", "TASK_RUNNING", "u2")
                        .update("t", "TASK_RUNNING", "u1"),
                "u1 (TASK_RUNNING) came again");
    }

    @Test
    void aTaskThatWasStartedTwiceOrAgainstARefusalIsFound() {
        var checker = new LaunchesRunOnce();
        holds(
                checker,
                tale().launch(OK, "t")
                        .launch(UNKNOWN, "s")
                        .launch(FAIL, "r")
                        .update("t", "TASK_FINISHED", "u")
                        .seen("controller", "ran", "task=t times=1"));
        isBroken(checker, tale().launch(OK, "t").seen("controller", "ran", "task=t times=2"), "started 2 times");
        isBroken(checker, tale().launch(FAIL, "t").seen("controller", "ran", "task=t times=1"), "was refused");
        isBroken(checker, tale().seen("controller", "ran", "task=t times=1"), "nobody had launched it");
        isBroken(checker, tale().launch(OK, "t").update("t", "TASK_FINISHED", "u"), "was never started");
    }

    @Test
    void anAcceptedLaunchWithoutAnEndIsFound() {
        var checker = new LaunchesEnd();
        holds(checker, tale().launch(OK, "t").launch(FAIL, "s").update("t", "TASK_KILLED", "u"));
        isBroken(checker, tale().launch(OK, "t").update("t", "TASK_RUNNING", "u"), "[TASK_RUNNING]");
        isBroken(checker, tale().launch(OK, "t"), "told was []");
    }

    @Test
    void twoLeadersOfOneTermAreFound() {
        var checker = new OneLeaderPerTerm();
        holds(
                checker,
                tale().seen("w", "leader", "at=m1 term=3")
                        .seen("w", "leader", "at=m1 term=3")
                        .seen("w", "leader", "at=m2 term=4"));
        isBroken(
                checker,
                tale().seen("w", "leader", "at=m1 term=3").seen("w", "leader", "at=m2 term=3"),
                "in term 3 m1 led, and m2 too");
    }

    @Test
    void mastersThatDifferAreFoundAndComparingNothingIsNoComparison() {
        var checker = new DigestsAreEqual();
        holds(
                checker,
                tale().seen("f", "digest", "at=m1 index=7 digest=ab")
                        .seen("f", "digest", "at=m2 index=7 digest=ab")
                        .seen("f", "digest", "at=m3 index=8 digest=cd")
                        .seen("f", "alarm", "at=m1 digest=0"));
        isBroken(
                checker,
                tale().seen("f", "digest", "at=m1 index=7 digest=ab").seen("f", "digest", "at=m2 index=7 digest=ac"),
                "m1 has ab and m2 has ac");
        isBroken(
                checker,
                tale().seen("f", "digest", "at=m1 index=7 digest=ab").seen("f", "digest", "at=m2 index=8 digest=ac"),
                "no two masters");
        isBroken(
                checker,
                tale().seen("f", "digest", "at=m1 index=7 digest=ab")
                        .seen("f", "digest", "at=m2 index=7 digest=ab")
                        .seen("f", "alarm", "at=m1 digest=1"),
                "says itself");
    }

    private static Tale healed() {
        var tale = tale();
        long fault = tale.fault("master-crash");
        return tale.heal(fault, "master-crash");
    }

    private static Tale working(Tale tale) {
        return tale.weights(OK, "a=1")
                .readWeights("r", "m1", 1, "a=1")
                .seen("f", "offer", "offer=o")
                .launch(OK, "t")
                .update("t", "TASK_RUNNING", "u");
    }

    @Test
    void whatComesBackTooLateOrNotIsFound() {
        var checker = new ServiceComesBack();
        holds(checker, working(healed()));
        isBroken(checker, working(healed().millis(60)), "a write had not come after", "allowed are 50 ms");
        isBroken(
                checker,
                healed().weights(OK, "a=1").readWeights("r", "m1", 1, "a=1").millis(1_000),
                "an offer had not come",
                "a launched task that runs had not come");
        holds(checker, working(healed().millis(60).seen("w", "stall", "millis=40")));
    }

    @Test
    void whatWasAskedForBeforeTheHealShowsNothing() {
        var tale = tale();
        long fault = tale.fault("master-crash");
        tale.launch(OK, "old").heal(fault, "master-crash");
        tale.weights(OK, "a=1")
                .readWeights("r", "m1", 1, "a=1")
                .seen("f", "offer", "offer=o")
                .update("old", "TASK_RUNNING", "u")
                .millis(1_000);

        isBroken(new ServiceComesBack(), tale, "a launched task that runs had not come");
    }

    @Test
    void aFaultThatLeavesAMajorityIsJudgedFromItsBeginning() {
        var tale = tale();
        long fault = tale.fault("master-crash");
        tale.seen("controller", "struck", "on=m1").millis(400);

        isBroken(new ServiceComesBack(), tale.heal(fault, "master-crash"), "struck m1", "a write had not come");
    }

    @Test
    void aRunThatMeansNothingIsFound() {
        var checker = new RunMeansSomething();
        holds(checker, meaning());
        isBroken(checker, meaning().cut(), "ends before the run did");
        isBroken(checker, tale().seen("w", "leader", "at=m1 term=1"), "0 operations", "master-crash never", "[m1]");
        isBroken(checker, meaning().weights(UNKNOWN, "a=3").weights(UNKNOWN, "a=4"), "of 2 of 4 operations");
        isBroken(checker, meaning().seen("x", "trouble", "what=ended"), "[ended]");
    }

    @Test
    void aFaultThatNeverCameIsExcusedOnlyByAReason() {
        var checker = new RunMeansSomething();
        var tale = meaning("master-crash master-flood");

        isBroken(checker, tale, "the fault master-flood never came and went");
        isBroken(checker, tale.seen("controller", "skipped", "fault=master-flood why="), "master-flood never");
        holds(checker, tale.seen("controller", "skipped", "fault=master-flood why=dry"));
    }

    private static Tale meaning() {
        return meaning("master-crash");
    }

    private static Tale meaning(String faults) {
        var tale = new Tale("operations-min=2", Map.of("faults", faults));
        long fault = tale.fault("master-crash");
        return tale.heal(fault, "master-crash")
                .weights(OK, "a=1")
                .weights(OK, "a=2")
                .seen("w", "leader", "at=m1 term=1")
                .seen("w", "leader", "at=m2 term=2");
    }

    @Test
    void everyCheckerIsRunAndNoClaimIsMadeTwice() {
        assertThat(Checkers.ALL).extracting(Checker::claim).doesNotHaveDuplicates();
        assertThat(Checkers.check(meaning().end())).hasSize(Checkers.ALL.size());
    }
}
