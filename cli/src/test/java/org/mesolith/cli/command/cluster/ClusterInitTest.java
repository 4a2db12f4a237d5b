package org.mesolith.cli.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.FakeServer;
import org.mesolith.cli.Run;
import org.mesolith.cli.console.ExitCode;

final class ClusterInitTest {

    /** A master that waits, is told to join, and then leads if it is the first. */
    private static final class FakeMaster implements FakeServer.Script {
        private final String id;
        private final boolean leads;
        private volatile String clusterId;
        private volatile String knownMembers = "";
        private final List<String> told = new ArrayList<>();
        private final AtomicInteger busyAnswers = new AtomicInteger();

        FakeMaster(String id, boolean leads, String clusterId) {
            this.id = id;
            this.leads = leads;
            this.clusterId = clusterId;
        }

        @Override
        public void answer(FakeServer.Request request, OutputStream out) throws IOException {
            if (request.line().startsWith("POST /raft/init")) {
                if (busyAnswers.getAndDecrement() > 0) {
                    out.write(FakeServer.answer(503, "Retry-After: 1", "still joining"));
                    return;
                }
                told.add(request.body());
                clusterId = request.body().replaceAll(".*\"cluster_id\":\"([^\"]*)\".*", "$1");
                out.write(FakeServer.answer(200, "", "{}"));
                return;
            }
            boolean in = !clusterId.isEmpty();
            out.write(FakeServer.answer(
                    200,
                    "",
                    "{\"member\":{\"id\":\"" + id + "\",\"raft_address\":\"r-" + id + "\",\"http_address\":\"h-" + id
                            + "\",\"bootstrapped\":" + in
                            + (in ? ",\"cluster_id\":\"" + clusterId + "\",\"group_id\":\"G\"" : "")
                            + "},\"role\":\"" + (in && leads ? "LEADER" : in ? "FOLLOWER" : "WAITING")
                            + "\",\"leader\":{\"id\":\""
                            + id + "\"},\"members\":[" + knownMembers + "]}"));
        }
    }

    private final List<FakeServer> servers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (FakeServer server : servers) {
            server.close();
        }
    }

    @Test
    void everyMemberIsToldTheSame() throws IOException {
        var masters =
                List.of(new FakeMaster("a", true, ""), new FakeMaster("b", false, ""), new FakeMaster("c", false, ""));
        Run run = init(masters);
        assertThat(run.err()).contains("is in");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("3 members");
        assertThat(masters)
                .allSatisfy(master -> assertThat(master.told).containsExactlyElementsOf(masters.getFirst().told));
        assertThat(masters.getFirst().told.getFirst())
                .contains("{\"id\":\"c\",\"raft_address\":\"r-c\",\"http_address\":\"h-c\"}")
                .contains("\"group_id\":");
    }

    @Test
    void aMemberThatTakesItsTimeToJoinIsWaitedFor() throws IOException {
        var slow = new FakeMaster("a", true, "");
        slow.busyAnswers.set(2);
        Run run = init(List.of(slow, new FakeMaster("b", false, ""), new FakeMaster("c", false, "")));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(slow.told).hasSize(1);
    }

    @Test
    void anInterruptedRunIsTakenUpWithItsIds() throws IOException {
        var masters = List.of(
                new FakeMaster("a", true, "OLD"), new FakeMaster("b", false, ""), new FakeMaster("c", false, ""));
        masters.getFirst().knownMembers = "{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}";
        Run run = init(masters);
        assertThat(run.code()).isZero();
        assertThat(masters.get(0).told).isEmpty();
        assertThat(masters.get(1).told.getFirst())
                .contains("\"cluster_id\":\"OLD\"")
                .contains("\"group_id\":\"G\"");
    }

    @Test
    void otherMembersThanBeforeAreRefusedBeforeAnythingIsChanged() throws IOException {
        var masters = List.of(new FakeMaster("a", true, "OLD"), new FakeMaster("b", false, ""));
        masters.getFirst().knownMembers = "{\"id\":\"a\"},{\"id\":\"x\"}";
        Run run = init(masters);
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("nothing was changed").contains("OLD");
        assertThat(masters.get(1).told).isEmpty();
    }

    @Test
    void membersOfTwoClustersAreRefused() throws IOException {
        var masters = List.of(new FakeMaster("a", true, "ONE"), new FakeMaster("b", false, "TWO"));
        Run run = init(masters);
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("ONE").contains("TWO").contains("nothing was changed");
    }

    @Test
    void oneMasterUnderTwoAddressesIsRefused() throws IOException {
        Run run = init(List.of(new FakeMaster("a", true, ""), new FakeMaster("a", false, "")));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("same master");
    }

    @Test
    void aMasterThatDoesNotAnswerMeansThatNothingIsChanged() throws IOException {
        var first = new FakeMaster("a", true, "");
        var server = new FakeServer(first);
        servers.add(server);
        Run run = Run.of("cluster", "init", "--timeout", "1s", "--members", server.address() + ",127.0.0.1:1");
        assertThat(run.code()).isEqualTo(ExitCode.NO_MASTER);
        assertThat(run.err()).contains("127.0.0.1:1").contains("nothing was changed");
        assertThat(first.told).isEmpty();
    }

    @Test
    void membersWithoutALeaderAreReportedAtTheDeadline() throws IOException {
        Run run = init(List.of(new FakeMaster("a", false, "")), "--timeout", "1s");
        assertThat(run.code()).isEqualTo(ExitCode.DEADLINE);
        assertThat(run.err()).contains("none leads");
    }

    @Test
    void theStatusNamesTheLeaderAndWhoIsSilent() throws IOException {
        var leader = new FakeMaster("a", true, "ONE");
        leader.knownMembers = "{\"id\":\"b\",\"http_address\":\"127.0.0.1:1\"}";
        var server = new FakeServer(leader);
        servers.add(server);
        Run run = Run.of("cluster", "status", "--masters", server.address());
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(server.address() + "  leader")
                .contains("127.0.0.1:1")
                .contains("silent");
    }

    private Run init(List<FakeMaster> masters, String... more) throws IOException {
        for (FakeMaster master : masters) {
            servers.add(new FakeServer(master));
        }
        var args = new ArrayList<>(List.of(
                "cluster",
                "init",
                "--members",
                servers.stream().map(FakeServer::address).collect(Collectors.joining(","))));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }
}
