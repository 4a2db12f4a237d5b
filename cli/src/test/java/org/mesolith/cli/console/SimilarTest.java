package org.mesolith.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimilarTest {
    private static final List<String> ROLES = List.of("ads", "analytics", "batch", "eng", "eng/web", "operations");

    @ParameterizedTest
    @CsvSource({"asd,ads", "egn,eng", "Eng,eng", "bacth,batch", "analitics,analytics", "opertions,operations"})
    void aSlipOfTheFingersIsRecognised(String typed, String meant) {
        assertThat(Similar.to(typed, ROLES)).first().isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"marketing", "x", "web", "operators-of-the-night"})
    void whatIsSomethingElseIsNotGuessedAt(String typed) {
        assertThat(Similar.to(typed, ROLES)).isEmpty();
        assertThat(Similar.hint(typed, ROLES)).isEmpty();
    }

    @Test
    void atMostThreeAreNamedTheNearestFirst() {
        assertThat(Similar.hint("host-1", List.of("host-12", "host-2", "host-3", "host-4", "host-1")))
                .isEqualTo(" (did you mean `host-12` or `host-2` or `host-3`?)");
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,acb,1", "abc,abcd,1", "abc,bc,1", "abc,xbc,1", "kitten,sitting,3"})
    void aSwapOfNeighboursIsOneMistake(String one, String other, int distance) {
        assertThat(Similar.distance(one, other)).isEqualTo(distance);
    }
}
