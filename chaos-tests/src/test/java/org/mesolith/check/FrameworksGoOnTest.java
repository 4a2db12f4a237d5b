package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frameworks that were struck. */
final class FrameworksGoOnTest {

    @Test
    void aFrameworkThatSubscribesInTimeAsTheSameOneGoesOn() {
        var tale = struck("framework-crash").millis(40).seen("framework-1", "subscribed", "framework=F1 at=m1");

        holds(tale.millis(1_000).seen("framework-1", "offer", "offer=o"));
    }

    @Test
    void aFrameworkThatComesBackAsAnotherOneIsFound() {
        isBroken(
                struck("framework-crash").seen("framework-1", "subscribed", "framework=F2 at=m1"),
                "framework-1 was F1 and is F2");
    }

    @Test
    void aFrameworkThatIsNotSubscribedAgainInTimeIsFound() {
        isBroken(
                struck("framework-crash").millis(60).seen("framework-1", "subscribed", "framework=F1 at=m1"),
                "framework-1 heard of a master after 61 ms; allowed are 50 ms");
        isBroken(
                struck("framework-crash")
                        .seen("framework-1", "offer", "offer=o")
                        .millis(60)
                        .seen("framework-2", "offer", "offer=p"),
                "framework-1 had not heard of a master after");
    }

    @Test
    void aFrameworkThatWasOnlyStoppedMayGoOnReadingWhatItHad() {
        holds(struck("framework-pause").seen("framework-1", "update", "task=t").millis(1_000));
        isBroken(
                struck("framework-pause").millis(60).seen("framework-1", "update", "task=t"),
                "framework-1 heard of a master after 61 ms");
    }

    @Test
    void timeInWhichTheMachineStoodStillAndWhatAnotherFaultCutShortIsNotHeldAgainstIt() {
        holds(struck("framework-crash")
                .millis(60)
                .seen("w", "stall", "millis=40")
                .seen("framework-1", "subscribed", "framework=F1 at=m1"));
        var cut = struck("framework-crash");
        cut.fault("power-loss", Map.of("majority", "lost"));
        holds(cut.millis(1_000).seen("framework-1", "subscribed", "framework=F1 at=m1"));
    }

    /** It was struck, and that is over. */
    private static Tale struck(String word) {
        var tale = new Tale("limit-offer-ms=50 masters=3 agents=1")
                .seen("framework-1", "subscribed", "framework=F1 at=m1");
        long fault = tale.fault(word, Map.of("down", "framework-1", "on", "framework-1"));
        return tale.heal(fault, word, "framework-1");
    }

    private static void holds(Tale tale) {
        Verdict verdict = new FrameworksGoOn().check(tale.end());
        assertThat(verdict.outcome()).as(verdict.problems().toString()).isEqualTo(Verdict.Outcome.PASSED);
    }

    private static void isBroken(Tale tale, String problem) {
        Verdict verdict = new FrameworksGoOn().check(tale.end());
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(verdict.problems()).anyMatch(found -> found.contains(problem));
    }
}
