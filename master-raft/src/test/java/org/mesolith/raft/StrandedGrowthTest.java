package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.base.Check;
import org.mesolith.log.ClusterControl.Bootstrap;
import org.mesolith.log.VoterChange;

/** One member that becomes two, and the second dies between having caught up and hearing that it votes. */
final class StrandedGrowthTest {
    /** Where Ratis lets tests in: a follower takes entries. */
    private static final String APPEND = "RaftServerImpl.appendEntries";

    /** Several are waited for. */
    private static final RatisSettings.Elections SHORT =
            new RatisSettings.Elections(Duration.ofSeconds(1), Duration.ofSeconds(2), false);

    @TempDir
    Path root;

    @AfterEach
    void heal() {
        CodeInjectionForTesting.remove(APPEND);
    }

    /** What the second member does not get any more. */
    private enum Lost {
        /** The change itself. */
        CHANGE {
            @Override
            boolean is(AppendEntriesRequestProto sent, String member) {
                return !sent.getInitializing()
                        || sent.getEntriesList().stream().anyMatch(entry -> names(entry, member));
            }
        },
        /** The configuration that ends the change. */
        END {
            @Override
            boolean is(AppendEntriesRequestProto sent, String member) {
                return sent.getEntriesList().stream()
                        .anyMatch(entry -> names(entry, member)
                                && entry.getConfigurationEntry().getOldPeersCount() == 0);
            }
        };

        abstract boolean is(AppendEntriesRequestProto sent, String member);

        private static boolean names(LogEntryProto entry, String member) {
            return entry.hasConfigurationEntry()
                    && entry.getConfigurationEntry().getPeersList().stream()
                            .anyMatch(peer -> peer.getId().toStringUtf8().equals(member));
        }
    }

    private static void keepFrom(String member, Lost lost) {
        CodeInjectionForTesting.put(APPEND, (local, remote, args) -> {
            if (member.equals(String.valueOf(local))
                    && args[1] instanceof AppendEntriesRequestProto sent
                    && lost.is(sent, member)) {
                throw new IllegalStateException("it dies before it hears that it votes");
            }
            return false;
        });
    }

    /** Whether the first member has written what the second is not to get. */
    private static boolean isSent(RaftMember first, Lost lost) {
        var division = Check.present(first.node().division(), "a group");
        var known =
                Check.present(Configurations.of(division), "the configurations").newestFirst();
        var newest = known.getFirst();
        return newest.getCurrentPeers().size() == 2
                && (lost == Lost.CHANGE || newest.getPreviousPeers().isEmpty());
    }

    private static boolean isStranded(RaftMember first) {
        var division = Check.present(first.node().division(), "a group");
        var known = Check.present(Configurations.of(division), "the configurations");
        return first.node().leader() == null
                && StrandedGrowth.change(
                                known.newestFirst(),
                                first.self().member(),
                                division.getInfo().getLastAppliedIndex())
                        != null;
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void theSecondMemberComesBackAndVotes(Lost lost) throws Exception {
        try (var group = grown(lost)) {
            group.open(group.places.getLast());

            everythingWorks(group);
        }
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void theFirstOneIsRestartedToo(Lost lost) throws Exception {
        try (var group = grown(lost)) {
            group.drop(group.places.getFirst());
            group.open(group.places.getFirst());
            group.open(group.places.getLast());

            everythingWorks(group);
        }
    }

    private static void everythingWorks(TestGroup group) throws Exception {
        group.set("y", 2);
        group.settle();
        assertThat(group.leader().member().cluster().status().members()).hasSize(2);
        for (var place : group.places) {
            assertThat(place.member().registry().weight("x")).isNotNull();
            assertThat(place.member().registry().weight("y")).isNotNull();
            assertThat(place.recorder.ends).isEmpty();
        }
        // Each of the two is needed now, and each can lead.
        var leader = group.leader();
        group.drop(leader);
        group.open(leader);
        group.set("z", 3);
    }

    /** The leader dies in the middle of it, and the watchdog of the new member sees that. */
    @Test
    void aMemberThatDoesNotVoteYetNeverStands() throws Exception {
        try (var group = growing(Lost.CHANGE);
                var elections =
                        new RatisElections(group.places.getLast().member().node(), RatisSettings.Elections.DEFAULT)) {
            group.drop(group.places.getFirst());

            assertThat(elections.standAgain()).isFalse();

            heal();
            group.open(group.places.getFirst());
            everythingWorks(group);
        }
    }

    /** Nobody leads: the first one has the change, and has led by itself since; the second one is down. */
    private TestGroup grown(Lost lost) throws Exception {
        var group = growing(lost);
        try {
            group.drop(group.places.getLast());
            heal();
            Wait.until(
                    "it led by itself once more, and lost it",
                    () -> isStranded(group.places.getFirst().member()));
            return group;
        } catch (Exception | Error failed) {
            group.close();
            throw failed;
        }
    }

    /** The first one has written what the second does not get. */
    private TestGroup growing(Lost lost) throws Exception {
        var group = new TestGroup(root, 2, SHORT, RatisSettings.SnapshotRules.DEFAULT);
        try {
            var first = group.places.getFirst();
            var second = group.places.getLast();
            group.openAll();
            var alone = first.member().self();
            assertThat(Wait.forIt(first.member().cluster().bootstrap(group.clusterId, group.groupId, List.of(alone))))
                    .isInstanceOf(Bootstrap.Done.class);
            assertThat(Wait.forIt(second.member().cluster().join(group.clusterId, group.groupId)))
                    .isInstanceOf(Bootstrap.Done.class);
            group.leader();
            group.set("x", 1);
            keepFrom(second.member().self().member(), lost);

            var _ = first.member()
                    .cluster()
                    .change(new VoterChange(
                            List.of(alone.member()), List.of(second.member().self()), List.of(), true, false));
            Wait.until("the change is in the log", () -> isSent(first.member(), lost));
            return group;
        } catch (Exception | Error failed) {
            group.close();
            throw failed;
        }
    }
}
