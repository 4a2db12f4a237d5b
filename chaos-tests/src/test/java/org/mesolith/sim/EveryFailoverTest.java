package org.mesolith.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.sim.plan.Cut;
import org.mesolith.sim.plan.Cut.End;
import org.mesolith.sim.plan.Cut.Point;

/**
 * Each story is played once undisturbed, which tells how many commands it has; then once for each of them, with the
 * leadership cut short at that command, and must come to an end that it may come to. {@code -Dstory.cuts=all} cuts at
 * every step of a command's way, in both ways, and with more seeds; {@code -Dseed=N} begins with another one.
 */
final class EveryFailoverTest {
    private static final long SEED = Long.getLong("seed", 11L);
    private static final boolean ALL = "all".equals(System.getProperty("story.cuts"));
    private static final int SEEDS = ALL ? 5 : 1;

    static Stream<Story> stories() {
        return Stories.all().stream();
    }

    @ParameterizedTest
    @MethodSource("stories")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void aStoryEndsWellWhereverALeadershipIsCutShort(Story story) {
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            for (var cut : cuts(StoryWorld.play(story, seed, null))) {
                var told = StoryWorld.play(story, seed, cut);

                assertThat(story.allowed()).contains(told.end());
            }
        }
    }

    @Test
    void theSameStoryWithTheSameSeedIsToldTheSameTwice() {
        var story = stories().toList().get(1);
        var cut = new Cut(Point.COMMITTED, 5, End.KILLED);

        assertThat(StoryWorld.play(story, SEED, cut)).isEqualTo(StoryWorld.play(story, SEED, cut));
    }

    /** At every command; a story of so few commands would show nothing. */
    private static List<Cut> cuts(StoryWorld.Told undisturbed) {
        var cuts = new ArrayList<Cut>();
        for (var point : Point.values()) {
            int commands = undisturbed.passed().getOrDefault(point.moment(), 0);
            assertThat(commands).isGreaterThanOrEqualTo(3);
            for (var end : End.values()) {
                boolean wanted = ALL
                        || (point == Point.COMMITTED && end == End.KILLED)
                        || (point == Point.LOST && end == End.STEPPED_DOWN);
                for (int number = 1; wanted && number <= commands; number++) {
                    cuts.add(new Cut(point, number, end));
                }
            }
        }
        return cuts;
    }
}
