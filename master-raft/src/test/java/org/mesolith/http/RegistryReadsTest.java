package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.leader.Standing;
import org.mesolith.log.Barrier;
import org.mesolith.log.Details;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberReads;
import org.mesolith.log.PeerTerms;
import org.mesolith.model.Position;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** Reads of a master that follows: by themselves where the registry is enough, else by the leader. */
final class RegistryReadsTest {
    private static final String WEIGHTS = "{\"type\":\"GET_WEIGHTS\"}";

    private final FakeLeader leader = new FakeLeader();
    private final Reads reads = new Reads();
    private final Routes routes = Routes.of(
            leader,
            new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT)),
            new About("0.1.0", "1.11.0", "here:5050", new TreeMap<>(), FakeLeader.LOG, null),
            within -> List.of(),
            new NoGroup(),
            new Routes.Access(Gate.OPEN, principal -> HttpAnswer.empty(299), null, reads, null, Duration.ZERO));

    /** A member at index 41 in term 7 that was told how its leader answers. */
    private static final class Reads implements MemberReads {
        final List<Duration> ages = new ArrayList<>();
        Barrier barrier = new Barrier.Reached(41);
        boolean exists = true;

        @Override
        public CompletableFuture<Barrier> barrier() {
            return CompletableFuture.completedFuture(barrier);
        }

        @Override
        public CompletableFuture<Barrier> fresh(Duration age) {
            ages.add(age);
            return barrier();
        }

        @Override
        public @Nullable Registry registry() {
            return exists
                    ? Registry.EMPTY.with(new Position(41, 0), List.of(new Change.WeightPut(Weight.of("ads", 3))))
                    : null;
        }

        @Override
        public Details details() {
            return rows -> List.of();
        }

        @Override
        public long term() {
            return 7;
        }

        @Override
        public PeerTerms.Heard heard() {
            return new PeerTerms.Heard("m1", "g", 7);
        }
    }

    private HttpAnswer.Full call(String method, String path, @Nullable String consistency, String body)
            throws InterruptedException {
        leader.standing = new Standing.Following("other:5050");
        var query =
                consistency == null ? Query.NONE : new Query(List.of(new Query.Parameter("consistency", consistency)));
        return (HttpAnswer.Full) routes.answer(new HttpRequest(
                method,
                path,
                path,
                query,
                Headers.of("Content-Type", "application/json"),
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    private HttpAnswer.Full read(@Nullable String consistency, String body) throws InterruptedException {
        return call("POST", "/api/v1", consistency, body);
    }

    @ParameterizedTest
    @CsvSource({"linearizable,PT0S", "bounded:5s,PT5S", "bounded:200ms,PT0.2S", "bounded:2mins,PT2M"})
    void theRegistryIsReadAsNewAsItWasAskedFor(String consistency, Duration age) throws Exception {
        var answer = read(consistency, WEIGHTS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().utf8()).contains("\"role\":\"ads\"");
        assertThat(answer.headers().first(Places.INDEX)).hasValue("41");
        assertThat(answer.headers().first(Places.TERM)).hasValue("7");
        assertThat(reads.ages).containsExactly(age);
    }

    @Test
    void theMaintenanceScheduleComesWithATagOfItsOwn() throws Exception {
        var answer = read("stale", "{\"type\":\"GET_MAINTENANCE_SCHEDULE\"}");

        assertThat(answer.headers().first("ETag"))
                .hasValue('"' + Registry.EMPTY.maintenance().fingerprint() + '"');
        assertThat(read("stale", WEIGHTS).headers().first("ETag")).isEmpty();
    }

    @Test
    void aStaleReadAsksNobody() throws Exception {
        reads.barrier = new Barrier.NotLeader(null);
        assertThat(read("stale", WEIGHTS).status()).isEqualTo(200);
        assertThat(reads.ages).isEmpty();
    }

    @Test
    void aMasterWithoutAClusterHasNothingToRead() throws Exception {
        reads.exists = false;
        assertThat(read("stale", WEIGHTS).status()).isEqualTo(503);
    }

    @Test
    void withoutALeaderOnlyStaleReadsAreAnswered() throws Exception {
        reads.barrier = new Barrier.NotLeader(null);
        var answer = read("linearizable", WEIGHTS);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().utf8()).contains("consistency=stale");
        reads.barrier = new Barrier.Failed("too many reads wait; try again");
        assertThat(read("bounded:1s", WEIGHTS).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "strong", "bounded", "bounded:", "bounded:-1secs", "bounded:soon", "LINEARIZABLE"})
    void whatIsNoConsistencyIsRefused(String consistency) throws Exception {
        var answer = read(consistency, WEIGHTS);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().utf8()).contains("bounded:5s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET_AGENTS", "GET_FRAMEWORKS", "GET_STATE", "GET_ROLES", "GET_MASTER", "DRAIN_AGENT"})
    void whatOnlyTheLeaderKnowsOrDoesIsTheLeaders(String type) throws Exception {
        var body = type.equals("DRAIN_AGENT")
                ? "{\"type\":\"DRAIN_AGENT\",\"drain_agent\":{\"agent_id\":{\"value\":\"a\"}}}"
                : "{\"type\":\"" + type + "\"}";
        assertThat(read("stale", body).status()).isEqualTo(307);
    }

    @Test
    void withoutTheParameterEveryReadIsTheLeaders() throws Exception {
        assertThat(read(null, WEIGHTS).status()).isEqualTo(307);
        assertThat(reads.ages).isEmpty();
    }

    @Test
    void theLeaderTellsItsBarrierAndOthersWhoLeads() throws Exception {
        assertThat(call("GET", "/raft/barrier", null, "").body().utf8()).isEqualTo("{\"index\":41,\"term\":7}");
        assertThat(call("POST", "/raft/barrier", null, "").status()).isEqualTo(405);
        assertThat(call("GET", "/raft/term", null, "").body().utf8())
                .isEqualTo("{\"member\":\"m1\",\"group\":\"g\",\"term\":7}");
        assertThat(call("POST", "/raft/term", null, "").status()).isEqualTo(405);
        reads.barrier = new Barrier.NotLeader(new MemberAddress("m2", "127.0.0.2", 5060, 5051));
        assertThat(call("GET", "/raft/barrier", null, "").headers().first("Location"))
                .hasValue("//127.0.0.2:5051/raft/barrier");
    }
}
