package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.log.Snapshots;
import org.mesolith.model.Weight;
import org.mesolith.replay.Replay;
import org.mesolith.replay.ReplayRefusedException;
import org.mesolith.replay.Sources;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;

/** The files of one member, read after it has ended. */
final class PastTest {
    private static final TreeMap<Long, Registry> SEEN = new TreeMap<>();

    @TempDir
    private static Path root;

    @TempDir
    private Path scratch;

    private static @Nullable LogFiles found;

    private static long copiedUpTo;

    @BeforeAll
    static void aMemberLives() throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.digestEvery = Duration.ofMillis(100);
            group.openAll();
            group.bootstrap();
            var member = group.leader().member();
            for (int number = 1; number <= 40; number++) {
                group.set("role-" + number % 7, number);
                var registry = member.journal().registry();
                SEEN.put(registry.at().index(), registry);
                if (number == 20) {
                    assertThat(Wait.forIt(member.snapshots().take())).isInstanceOf(Snapshots.Answer.Done.class);
                }
                if (number == 30) {
                    copiedUpTo = registry.at().index();
                    assertThat(Wait.forIt(member.snapshots().past(root.resolve("copy"), copiedUpTo)))
                            .isInstanceOf(Snapshots.Past.Done.class);
                }
            }
            // The first note has nothing to be compared with when the member was quick; the one after it has.
            long noted = noteAfter(member, SEEN.lastKey());
            long compared = noteAfter(member, noted);
            assertThat(compared).isGreaterThan(noted);
        }
        found = LogFiles.find(root.resolve("m0"));
    }

    /** Waits until a fingerprint is noted behind this entry, and says where. */
    private static long noteAfter(RaftMember member, long index) throws Exception {
        Wait.until(
                "a fingerprint noted after entry " + index,
                () -> member.journal().registry().digestNote().at().index() > index);
        return member.journal().registry().digestNote().at().index();
    }

    @AfterAll
    static void end() {
        SEEN.clear();
    }

    private static LogFiles log() {
        return Check.present(found, "the files of the member");
    }

    private static LogFiles alone() {
        return new LogFiles(log().group(), List.of(), log().parts());
    }

    @Test
    void everyIndexIsWhatTheMemberHadThere() throws Exception {
        var sources = new Sources(List.of(), log(), scratch);
        assertThat(log().snapshots()).isNotEmpty();
        for (var seen : SEEN.entrySet()) {
            var at = sources.at(Replay.Until.index(seen.getKey()));
            assertThat(at.registry().digest()).isEqualTo(seen.getValue().digest());
            assertThat(at.index()).isEqualTo(seen.getKey());
        }
        assertThat(Replay.run(Replay.Start.NOTHING, alone(), Replay.Until.END).checks())
                .isPositive();
    }

    @Test
    void aCopyThatARunningMemberMakesEndsWhereItWasAskedToAndGivesTheSame() throws Exception {
        var copy = Check.present(LogFiles.find(root.resolve("copy/log")), "the copy");
        assertThat(copy.last()).isEqualTo(copiedUpTo);

        var at = Replay.run(Replay.Start.NOTHING, copy, Replay.Until.END);

        assertThat(at.index()).isEqualTo(copiedUpTo);
        assertThat(at.registry().digest())
                .isEqualTo(Check.present(SEEN.get(copiedUpTo), "seen").digest());
    }

    @Test
    void aTimeIsTheStateBeforeTheFirstYoungerCommand() throws Exception {
        var middle = SEEN.get(SEEN.keySet().stream().skip(10).findFirst().orElseThrow());
        assertThat(middle).isNotNull();

        var at = new Sources(List.of(), log(), scratch).at(Replay.Until.time(middle.time()));

        assertThat(at.registry().digest()).isEqualTo(middle.digest());
    }

    @Test
    void whatIsNotHeldIsRefusedWithWhatIs() {
        long last = log().last();
        var later = new LogFiles(
                log().group(),
                List.of(),
                List.of(new LogFiles.Part(log().parts().getFirst().file(), 5, last)));

        assertThatThrownBy(() -> new Sources(List.of(), log(), scratch).at(Replay.Until.index(last + 1)))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("the log ends with entry " + last);
        assertThatThrownBy(() -> new Sources(List.of(), later, scratch).at(Replay.Until.index(9)))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("index 9 is no longer held")
                .hasMessageContaining("the log from entry 5 to " + last);
        assertThatThrownBy(() -> Replay.run(Replay.Start.NOTHING, later, Replay.Until.END))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("entries 0 to 4 are missing");
    }

    @Test
    void aLogOfAnotherClusterIsRefused() throws Exception {
        var base = SEEN.firstEntry();
        var at = Replay.run(Replay.Start.NOTHING, alone(), Replay.Until.index(base.getKey()));
        var other = at.registry().with(at.registry().at(), List.of(new Change.WeightPut(Weight.of("stranger", 9))));

        assertThatThrownBy(() -> Replay.run(
                        new Replay.Start(at.registry(), at.term() + 1, at.index()), alone(), Replay.Until.END))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("another cluster or epoch");
        assertThatThrownBy(() -> Replay.run(new Replay.Start(other, at.term(), at.index()), alone(), Replay.Until.END))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("the leader noted the fingerprint");
        assertThatThrownBy(() ->
                        new Sources(List.of(new Sources.Copy("backup b", "another-group", 3, scratch)), log(), scratch))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("different clusters, or to different epochs");
    }
}
