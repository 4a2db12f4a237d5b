package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.check.history.HistoryEvent.Kind.FAIL;
import static org.mesolith.check.history.HistoryEvent.Kind.OK;
import static org.mesolith.check.history.HistoryEvent.Kind.UNKNOWN;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.linear.Operation;

/** Checkers of what operators do, on histories in which their claims hold, and on ones in which they do not. */
final class OperatorCheckersTest {
    private static final String KEY = "S1/ads";

    private static void holds(Checker checker, Tale tale) {
        Verdict verdict = checker.check(tale.end());
        assertThat(verdict.isGreen()).as(verdict.toString()).isTrue();
        assertThat(verdict.looked()).as(verdict.toString()).isPositive();
    }

    private static void isBroken(Checker checker, Tale tale, String... words) {
        Verdict verdict = checker.check(tale.end());
        assertThat(verdict.isGreen()).as(verdict.toString()).isFalse();
        assertThat(String.join("\n", verdict.problems())).contains(words);
    }

    private static Tale tale() {
        return new Tale("");
    }

    private static Tale step(Tale tale, Kind end, String mark, int from, int to) {
        return tale.call(end, "o", "reserve-set", "key=" + KEY + " mark=" + mark + " from=" + from + " to=" + to, "");
    }

    private static Tale marks(Tale tale, Map<String, String> marks) {
        var text = new StringBuilder();
        new TreeMap<>(marks)
                .forEach((mark, level) -> text.append(text.isEmpty() ? "" : " ")
                        .append(mark)
                        .append('=')
                        .append(level));
        return tale.get("agents-get", Map.of("at", "m1", "agents", "S1", "marks:" + KEY, text.toString()));
    }

    @Test
    void aReservationThatIsGoneOrDoneTwiceOrBackIsNotLinearizable() {
        var checker = new LinearizableReservations();
        var good = step(step(tale(), OK, "a", 0, 1), OK, "b", 0, 1);
        marks(good, Map.of("a", "1", "b", "1"));
        marks(step(good, OK, "a", 1, 2), Map.of("a", "2", "b", "1"));
        marks(step(step(good, OK, "a", 2, 1), OK, "a", 1, 0), Map.of("b", "1"));
        holds(checker, step(good, FAIL, "b", 1, 0));

        isBroken(checker, marks(step(tale(), OK, "a", 0, 1), Map.of()), "S1/ads", "no order explains");
        isBroken(checker, marks(step(tale(), FAIL, "a", 0, 1), Map.of("a", "1")), "{a=1}");
        isBroken(checker, step(step(tale(), OK, "a", 0, 1), OK, "a", 0, 1), "no order explains");
        var back = marks(step(step(tale(), OK, "a", 0, 1), OK, "a", 1, 0), Map.of());
        isBroken(checker, marks(back, Map.of("a", "1")), "{a=1}");
        isBroken(checker, marks(step(tale(), OK, "a", 0, 1), Map.of("a", "2")), "{a=2}");
    }

    @Test
    void aStepOfWhichNobodyKnowsMayHaveBeenDoneAtAnyTimeOrNeverButNotBeUndone() {
        var checker = new LinearizableReservations();
        holds(checker, marks(step(tale(), UNKNOWN, "a", 0, 1), Map.of()));
        var late = marks(step(tale(), UNKNOWN, "a", 0, 1), Map.of());
        holds(checker, marks(late, Map.of("a", "1")));
        var undone = marks(step(tale(), UNKNOWN, "a", 0, 1), Map.of("a", "1"));
        isBroken(checker, marks(undone, Map.of()), "reads {}");
    }

    @Test
    void aReadThatSawTheLevelOfAnEarlierStepLeavesAStepOpen() {
        var first = write("a", "0>1", 1, 2);
        var second = write("a", "1>2", 3, 10);
        var open = write("a", "2>1", 11, Operation.OPEN);
        var ambiguous = Operation.read("r", new TreeMap<>(Map.of("a", "1")), 9, 12);
        var certain = Operation.read("r", new TreeMap<>(Map.of("a", "1")), 13, 20);
        var before = Operation.read("r", new TreeMap<>(Map.of("a", "2")), 13, 20);

        assertThat(LinearizableReservations.bounded(List.of(first, second, open, ambiguous)))
                .contains(open);
        assertThat(LinearizableReservations.bounded(List.of(first, second, open, certain)))
                .contains(open.until(20));
        assertThat(LinearizableReservations.bounded(List.of(first, second, open, before)))
                .containsExactly(first, second, before);
    }

    private static Operation write(String mark, String step, long called, long returned) {
        return Operation.write("o", new TreeMap<>(Map.of(mark, step)), called, returned);
    }

    private static Tale schedule(Tale tale, Kind end, String value, String expects) {
        return tale.call(
                end, "o", "schedule-set", "schedule=" + value + (expects.isEmpty() ? "" : " expects=" + expects), "");
    }

    private static Tale shown(Tale tale, String operation, String at, int index, String value) {
        return tale.get(operation, Map.of("at", at, "index", Integer.toString(index), "schedule", value));
    }

    @Test
    void aScheduleThatIsReplacedAlthoughItIsAnotherIsNotLinearizable() {
        var checker = new LinearizableSchedule();
        var good = schedule(schedule(tale(), OK, "a", "nothing"), OK, "b", "a");
        holds(checker, shown(schedule(good, FAIL, "c", "a"), "schedule-get", "m1", 3, "b"));
        holds(checker, shown(schedule(good, UNKNOWN, "d", "x"), "schedule-get", "m1", 3, "b"));

        isBroken(checker, schedule(schedule(tale(), OK, "a", ""), OK, "b", "nothing"), "no order explains");
        isBroken(checker, shown(schedule(tale(), OK, "a", ""), "schedule-get", "m2", 1, ""), "no order explains");
        // The one that nobody knows about must have been carried out, for another has replaced it.
        holds(checker, schedule(schedule(tale(), UNKNOWN, "a", ""), OK, "b", "a"));
    }

    @Test
    void aStaleReadOfWhatNeverWasOrOfTwoThingsAtOneIndexIsFound() {
        var checker = new StaleReadsShowThePast();
        var good = schedule(schedule(tale(), OK, "a", ""), OK, "b", "");
        shown(shown(good, "schedule-look", "m2", 4, "a"), "schedule-get", "m1", 5, "b");
        holds(checker, shown(good, "schedule-look", "m3", 4, "a"));

        isBroken(checker, shown(tale(), "schedule-look", "m2", 4, "z"), "z, which nobody wrote");
        isBroken(checker, shown(schedule(tale(), FAIL, "a", ""), "schedule-look", "m2", 4, "a"), "was refused");
        var twice = shown(schedule(tale(), OK, "a", ""), "schedule-get", "m1", 4, "a");
        isBroken(checker, shown(twice, "schedule-look", "m2", 4, ""), "at index 4 m2 shows \"\" and m1 \"a\"");
    }

    private static Tale order(Tale tale, String step) {
        return tale.call(OK, "o", "drain-set", "agent=S1 step=" + step, "");
    }

    private static Tale state(Tale tale, String state) {
        return tale.get("agents-get", Map.of("at", "m1", "agents", "S1", "state:S1", state));
    }

    private static Tale states(Tale tale, String... states) {
        for (String state : states) {
            state(tale, state);
        }
        return tale;
    }

    @Test
    void aDrainThatGoesBackOrIsForgottenIsFound() {
        var checker = new LinearizableDrains();
        var good = order(states(order(tale(), "drain"), "DRAINING", "DRAINED", "DRAINED"), "reactivate");
        good = order(states(order(states(good, "ACTIVE"), "deactivate"), "DEACTIVATED"), "reactivate");
        good = order(states(order(good, "plan"), "ACTIVE", "DRAINING", "DRAINED"), "cancel");
        holds(checker, states(order(states(good, "ACTIVE"), "drain"), "DRAINED"));

        isBroken(checker, states(order(tale(), "drain"), "ACTIVE"), "S1: no order explains");
        isBroken(checker, states(order(tale(), "drain"), "DRAINED", "DRAINING"), "DRAINING");
        isBroken(checker, states(order(tale(), "plan"), "DRAINING", "ACTIVE"), "ACTIVE");
        isBroken(checker, states(order(tale(), "deactivate"), "ACTIVE"), "ACTIVE");
        isBroken(checker, states(order(states(order(tale(), "drain"), "DRAINED"), "reactivate"), "DRAINED"), "DRAINED");
        isBroken(checker, order(tale(), "reactivate"), "reactivate");
        // One of which nobody knows may have been carried out, or not.
        holds(checker, states(tale().call(UNKNOWN, "o", "drain-set", "agent=S1 step=drain", ""), "ACTIVE", "DRAINED"));
    }

    private static Tale planIs(Tale tale, String state) {
        return tale.call(OK, "r", "plan-get", "plan=D1", "state=" + state);
    }

    @Test
    void aPlanThatGoesBackOrIsForgottenIsFound() {
        var checker = new PlansGoForward();
        var good = tale().call(OK, "o", "drain-set", "agent=S1 step=plan", "id=D1");
        planIs(planIs(good, "running"), "done");
        good.call(OK, "o", "drain-set", "agent=S1 step=cancel plan=D1", "");
        holds(checker, planIs(good, "cancelled").call(FAIL, "r", "plan-get", "plan=D1", "why=503"));

        isBroken(checker, planIs(planIs(tale(), "done"), "running"), "D1 is running", "`done`");
        isBroken(
                checker,
                planIs(tale().call(OK, "o", "drain-set", "agent=S1 step=cancel plan=D1", ""), "done"),
                "its cancellation");
        isBroken(
                checker,
                tale().call(OK, "o", "drain-set", "agent=S1 step=plan", "id=D1")
                        .call(FAIL, "r", "plan-get", "plan=D1", "why=404"),
                "D1 is not known");
    }

    private static Tale limit(Tale tale, Kind end, String cpus) {
        return tale.call(end, "o", "limit-set", "role=r framework=f cpus=" + cpus, "");
    }

    private static Tale has(Tale tale, String cpus) {
        return tale.get("agents-get", Map.of("at", "m1", "agents", "", "role:r", cpus));
    }

    @Test
    void aRoleThatGrowsBeyondItsLimitIsFound() {
        var checker = new LimitsHold();
        holds(checker, has(has(has(limit(tale(), OK, "1"), "0.5"), "1"), "0.2"));
        // What was there before is not taken away, and does not grow either.
        holds(checker, has(has(limit(tale(), OK, "1"), "3"), "3"));
        isBroken(checker, has(has(limit(tale(), OK, "1"), "0.5"), "1.1"), "has cpus:1.1", "limit of 1");
        isBroken(checker, has(has(limit(tale(), OK, "1"), "3"), "3.1"), "has cpus:3.1");
        // The next one may be in force from the moment at which it is sent.
        holds(checker, has(limit(has(has(limit(tale(), OK, "1"), "1"), "1"), OK, "2"), "2"));
    }

    @Test
    void aLimitIsJudgedFromTheFirstReadOnDuringWhichNoLaunchWasUnderWay() {
        var checker = new LimitsHold();
        var under = limit(tale(), OK, "1").call(UNKNOWN, "f", "launch", "tasks=t", "");
        assertThat(checker.check(has(has(under, "0.1"), "2").end()).isGreen()).isTrue();
        var heard = limit(tale(), OK, "1")
                .call(UNKNOWN, "f", "launch", "tasks=t", "")
                .update("t", "TASK_RUNNING", "u");
        isBroken(checker, has(has(heard, "0.1"), "2"), "has cpus:2");
        var unknown = limit(limit(tale(), OK, "1"), UNKNOWN, "5");
        assertThat(checker.check(has(has(unknown, "0.1"), "2").end()).isGreen()).isTrue();
    }

    private static Tale told(Tale tale, String token, String kind, String agent) {
        return tale.seen("final:m1", "told", "at=m1 token=" + token + " kind=" + kind + " subject=" + agent);
    }

    @Test
    void whoForgotThatAnAgentIsDrainedTellsItAgain() {
        var checker = new DrainsAreToldOnce();
        var once = told(told(tale(), "1-4-0", "agent_draining", "S1"), "1-5-0", "agent_drained", "S1");
        holds(checker, told(told(once, "1-6-0", "agent_reactivated", "S1"), "1-7-0", "agent_drained", "S1"));
        holds(checker, told(told(tale(), "1-4-0", "agent_drained", "S1"), "1-5-0", "agent_drained", "S2"));
        var again = told(told(tale(), "1-4-0", "agent_drained", "S1"), "1-9-0", "agent_draining", "S1");
        holds(checker, told(again, "1-9-1", "agent_drained", "S1"));

        isBroken(
                checker,
                told(told(tale(), "1-4-0", "agent_drained", "S1"), "1-9-1", "agent_drained", "S1"),
                "m1 tells at 1-9-1 that S1 is drained, which it told at 1-4-0");
    }
}
