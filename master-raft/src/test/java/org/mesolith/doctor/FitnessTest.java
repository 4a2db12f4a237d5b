package org.mesolith.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FitnessTest {
    static Vitals vitals(long flushMicros, int flushes) {
        return new Vitals(flushMicros, flushMicros, flushes, 1L << 40, 1L << 41, 100, 65_536, 1, 100, 1, Duration.ZERO);
    }

    static Neighbour other(String name, @Nullable String trouble, long aheadMillis, long flushMicros) {
        return new Neighbour(name, name + ":5050", trouble, trouble == null ? aheadMillis : null, 1, flushMicros);
    }

    @ParameterizedTest(name = "own {0} us, others {1} and {2} us: hands over {3}")
    @CsvSource({
        "1000, 1000, 1000, false",
        "199000, 100, 100, false",
        "400000, 300000, 300000, false",
        "400000, 300000, 1000, true",
        "400000, 1000, 1000, true",
        "400000, -1, -1, false",
    })
    void aLeaderWithAMuchSlowerDiskThanAnotherHandsOver(long own, long one, long two, boolean handsOver) {
        var others = List.of(other("b", null, 0, one), other("c", null, 0, two));

        assertThat(Fitness.objection(vitals(own, 30), others) != null).isEqualTo(handsOver);
    }

    @ParameterizedTest(name = "others {0} and {1} ms ahead: hands over {2}")
    @CsvSource({
        "0, 0, false",
        "4000, 4100, false",
        "60000, 60100, true",
        "-60000, -60100, true",
        "60000, 0, false",
        "60000, 90000, false",
    })
    void aLeaderWhoseClockIsAloneHandsOver(long one, long two, boolean handsOver) {
        var others = List.of(other("b", null, one, 100), other("c", null, two, 100));

        assertThat(Fitness.objection(vitals(100, 30), others) != null).isEqualTo(handsOver);
    }

    @ParameterizedTest
    @CsvSource({"60000, 400000, 30", "0, 400000, 4"})
    void oneOtherAloneProvesNoClockWrongAndFewFlushesProveNothing(long ahead, long own, int flushes) {
        var few = List.of(other("b", null, ahead, flushes == 30 ? -1 : 100));

        assertThat(Fitness.objection(vitals(own, flushes), few)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"refused", "no route"})
    void whoeverIsNotReachedCannotTakeTheLead(String trouble) {
        var others = List.of(other("b", trouble, 0, 100), other("c", trouble, 0, 100));

        assertThat(Fitness.objection(vitals(900_000, 30), others)).isNull();
    }
}
