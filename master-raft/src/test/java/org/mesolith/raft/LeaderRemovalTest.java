package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.log.ClusterControl.Changed;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.VoterChange;

/** A leader that is to be removed, and a successor that does not take the lead. */
final class LeaderRemovalTest {
    /** Where Ratis lets tests in: a member is told to stand for election. */
    private static final String STAND = "RaftServerImpl.startLeaderElection";

    @TempDir
    Path root;

    /** Who was told to stand; the first of them never does. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void heal() {
        CodeInjectionForTesting.remove(STAND);
    }

    @Test
    void theLeadGoesToAnotherOneWhenTheFirstDoesNotTakeItAndTheRemovalGoesOnThere() throws Exception {
        CodeInjectionForTesting.put(STAND, (local, remote, args) -> {
            asked.add(String.valueOf(local));
            if (asked.getFirst().equals(String.valueOf(local))) {
                throw new IllegalStateException("does not stand");
            }
            return false;
        });
        try (var group = TestGroup.three(root)) {
            group.set("x", 2);
            group.settle();
            var leader = group.leader();
            var wish = new VoterChange(
                    group.founders().stream().map(MemberAddress::member).toList(),
                    List.of(),
                    List.of(leader.member().self().member()),
                    true,
                    false);

            var answer = Wait.forIt(leader.member().cluster().change(wish));

            var next = group.places.stream()
                    .filter(place -> place != leader)
                    .filter(place ->
                            !asked.getFirst().equals(place.member().self().member()))
                    .findFirst()
                    .orElseThrow();
            assertThat(asked).contains(next.member().self().member());
            assertThat(answer).isEqualTo(new Changed.NotLeader(next.member().self()));
            Wait.until("the next leads", next::ready);
            assertThat(Wait.forIt(next.member().cluster().change(wish))).isInstanceOf(Changed.Done.class);
            group.set("y", 3);
            assertThat(next.member().registry().weight("x")).isNotNull();
        }
    }
}
