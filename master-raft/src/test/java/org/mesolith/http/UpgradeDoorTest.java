package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.doctor.Examination;
import org.mesolith.log.Barrier;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.CommandLog;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.log.VoterChange;
import org.mesolith.model.Position;
import org.mesolith.state.Command;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Outcome;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

final class UpgradeDoorTest {
    private static final int NEWEST = FeatureLevel.NEWEST.number();

    private final SortedMap<String, RaftPage.Software> others = new TreeMap<>();
    private final List<Command> proposed = new ArrayList<>();
    private int level = NEWEST - 1;
    private boolean leads = true;

    private static MemberAddress member(String id) {
        return new MemberAddress(id, id, 5060, 5050);
    }

    private HttpAnswer finish(String body) throws InterruptedException {
        var group = new Group();
        return new UpgradeDoor(group, new MemberCalls(group, Gate.OPEN))
                .finish(new HttpRequest(
                        "POST",
                        UpgradeDoor.FINALIZE,
                        UpgradeDoor.FINALIZE,
                        Query.NONE,
                        Headers.of("Content-Type", "application/json"),
                        Body.of(body),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        Deadline.after(Duration.ofSeconds(5)),
                        false));
    }

    private static String text(HttpAnswer answer) {
        return answer instanceof HttpAnswer.Full full ? full.body().utf8() : "";
    }

    private void others(int two, int three) {
        others.put("m2", new RaftPage.Software("0.1.0", level, two));
        others.put("m3", new RaftPage.Software("0.1.0", level, three));
    }

    @Test
    void theLevelIsRaisedToWhatEveryVoterKnows() throws Exception {
        others(NEWEST, NEWEST + 1);

        var answer = finish("{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer))
                .contains("\"before\":" + (NEWEST - 1) + ",\"after\":" + NEWEST + ",\"changed\":true")
                .contains("m1 (m1:5050) runs this version and knows up to level " + NEWEST);
        assertThat(proposed).containsExactly(new SystemCommand.RaiseFeatureLevel(NEWEST));
    }

    @Test
    void aPreviewChangesNothing() throws Exception {
        others(NEWEST, NEWEST);

        var answer = finish("{\"dry_run\":true}");

        assertThat(text(answer)).contains("\"after\":" + NEWEST + ",\"changed\":false");
        assertThat(proposed).isEmpty();
    }

    @Test
    void aMemberThatIsTooOldIsNamed() throws Exception {
        others(NEWEST - 1, NEWEST);

        var answer = finish("{}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(text(answer))
                .contains("m2 (m2:5050) runs 0.1.0 and knows up to level " + (NEWEST - 1))
                .contains("Upgrade them first");
        assertThat(proposed).isEmpty();
    }

    @Test
    void aMemberThatIsSilentKeepsTheLevelWhereItIs() throws Exception {
        others.put("m2", new RaftPage.Software("0.1.0", level, NEWEST));

        var answer = finish("{}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(text(answer)).contains("m3 (m3:5050)").contains("Nothing was changed");
        assertThat(proposed).isEmpty();
    }

    @Test
    void aSecondTimeThereIsNothingToDo() throws Exception {
        level = NEWEST;
        others(NEWEST, NEWEST);

        var answer = finish("{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).contains("\"changed\":false");
        assertThat(proposed).isEmpty();
    }

    @Test
    void onlyTheLeaderDoesIt() throws Exception {
        leads = false;
        others(NEWEST, NEWEST);

        assertThat(finish("{}").status()).isEqualTo(307);
    }

    /** Three voters and one that stands by. */
    private final class Group implements RaftPage.Group {
        @Override
        public ClusterStatus status() {
            var members = new ArrayList<MemberStatus>();
            for (var id : List.of("m1", "m2", "m3")) {
                members.add(status(id, id.equals("m1") ? MemberStatus.Role.LEADER : MemberStatus.Role.FOLLOWER));
            }
            members.add(status("m4", MemberStatus.Role.STANDBY));
            return new ClusterStatus(member("m1"), 4, leads, leads ? member("m1") : member("m2"), members, null);
        }

        private static MemberStatus status(String id, MemberStatus.Role role) {
            return new MemberStatus(member(id), role, 1, 1, 0, null, null);
        }

        @Override
        public String clusterId() {
            return "c";
        }

        @Override
        public String groupId() {
            return "g";
        }

        @Override
        public RaftPage.Facts facts() {
            return new RaftPage.Facts(1, level, 1, 1, "", MembershipRow.NONE);
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Examination examination() {
            return Examination.NONE;
        }

        @Override
        public RaftPage.Software software(MemberAddress other) throws IOException {
            var software = others.get(other.member());
            if (software == null) {
                throw new IOException("silent");
            }
            return software;
        }

        @Override
        public void meet(MemberAddress other) {}

        @Override
        public ClusterControl control() {
            return new NoControl();
        }

        @Override
        public CommandLog log() {
            return new Log();
        }

        @Override
        public @Nullable String initialise(String clusterId, String groupId, List<MemberAddress> members) {
            return "not here";
        }
    }

    private final class Log implements CommandLog {
        @Override
        public CompletableFuture<Proposed> propose(Proposal proposal) {
            proposed.add(proposal.command());
            return CompletableFuture.completedFuture(
                    new Proposed.Decided(new Position(1, 0), Outcome.accepted(List.of())));
        }

        @Override
        public CompletableFuture<Barrier> barrier() {
            return CompletableFuture.completedFuture(new Barrier.Reached(1));
        }

        @Override
        public int waiting() {
            return 0;
        }
    }

    private static final class NoControl implements ClusterControl {
        @Override
        public ClusterStatus status() {
            throw new IllegalStateException("not asked");
        }

        @Override
        public CompletableFuture<Handover> transferLeadership(@Nullable MemberAddress target, Duration deadline) {
            throw new IllegalStateException("not asked");
        }

        @Override
        public CompletableFuture<Bootstrap> bootstrap(String clusterId, String groupId, List<MemberAddress> founders) {
            throw new IllegalStateException("not asked");
        }

        @Override
        public CompletableFuture<Bootstrap> join(String clusterId, String groupId) {
            throw new IllegalStateException("not asked");
        }

        @Override
        public CompletableFuture<Changed> change(VoterChange wish) {
            throw new IllegalStateException("not asked");
        }
    }
}
