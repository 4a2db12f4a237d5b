package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands that were killed. */
final class CutOrdersAreFinishedTest {

    @Test
    void whatWasWishedAndBecameSoHolds() {
        Verdict verdict = check(wished().seenWith("operator", "became", became("a=3 b=4", "left=nothing")));

        assertThat(verdict.outcome()).as(verdict.problems().toString()).isEqualTo(Verdict.Outcome.PASSED);
    }

    @Test
    void whatIsMissingTooMuchOrOfAnOlderWishIsFound() {
        isBroken(wished().seenWith("operator", "became", became("a=3", "left=nothing")), "weights should be a=3 b=4");
        isBroken(
                wished().seenWith("operator", "became", became("a=3 b=4 c=5", "left=nothing")),
                "but at line 2 are a=3 b=4 c=5");
        isBroken(
                wished().seenWith("operator", "became", became("a=3 b=2", "left=nothing")),
                "weights should be a=3 b=4");
    }

    @Test
    void whereSomethingIsLeftToDoItIsFound() {
        isBroken(
                wished().seenWith("operator", "became", became("a=3 b=4", "left=something")),
                "diff should be left=nothing");
    }

    @Test
    void aCommandThatNeverCameToItsEndIsFound() {
        isBroken(
                wished().seenWith("operator", "became", Map.of("wish", "8", "weights", "a=3 b=4")),
                "apply of line 1 was killed, and never came to its end");
    }

    private static Tale wished() {
        return new Tale("masters=3")
                .seenWith(
                        "operator",
                        "wished",
                        Map.of("wish", "7", "command", "apply", "weights", "a=3 b=4", "diff", "left=nothing"));
    }

    private static Map<String, String> became(String weights, String diff) {
        return Map.of("wish", "7", "weights", weights, "diff", diff);
    }

    private static Verdict check(Tale tale) {
        return new CutOrdersAreFinished().check(tale.end());
    }

    private static void isBroken(Tale tale, String problem) {
        Verdict verdict = check(tale);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(verdict.problems()).anyMatch(found -> found.contains(problem));
    }
}
