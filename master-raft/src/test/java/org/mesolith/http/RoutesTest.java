package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.doctor.Examination;
import org.mesolith.leader.Standing;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.Barrier;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.CommandLog;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.metrics.Sample;
import org.mesolith.proto.gen.v1.master.Call;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

final class RoutesTest {
    private static final String JSON = "application/json";
    private static final MemberAddress SELF = new MemberAddress("m1", "127.0.0.1", 5060, 5050);
    private static final MemberAddress OTHER = new MemberAddress("m2", "127.0.0.1", 6060, 6050);

    private final FakeLeader leader = new FakeLeader();
    private final List<String> initialised = new ArrayList<>();
    private @Nullable String refusal;

    /** Who said where it is; null while this master's group is of no interest. */
    private @Nullable List<MemberAddress> met;

    private Routes routes = routes(Duration.ZERO);

    private Routes routes(Duration patience) {
        return Routes.of(
                leader,
                new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT)),
                new About("0.1.0", "1.11.0", "here:5050", new TreeMap<>(), FakeLeader.LOG, null),
                within -> List.of(Sample.gauge("master/elected", "Whether.", 1)),
                new Group(),
                new Routes.Access(Gate.OPEN, principal -> HttpAnswer.empty(299), null, null, null, patience));
    }

    private final class Group implements RaftPage.Group {
        @Override
        public ClusterStatus status() {
            return met == null
                    ? new ClusterStatus(SELF, 4, true, SELF, List.of(), null)
                    : new ClusterStatus(SELF, 4, false, null, List.of(follower(OTHER)), null);
        }

        @Override
        public @Nullable String clusterId() {
            return null;
        }

        @Override
        public RaftPage.Facts facts() {
            return RaftPage.Facts.UNKNOWN;
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
            throw new IOException(other + " is not here");
        }

        @Override
        public void meet(MemberAddress member) {
            if (met != null) {
                met.add(member);
            }
        }

        @Override
        public @Nullable ClusterControl control() {
            return met == null ? null : unused(ClusterControl.class);
        }

        @Override
        public @Nullable CommandLog log() {
            return met == null ? null : new NoLeader();
        }

        @Override
        public @Nullable String groupId() {
            return null;
        }

        @Override
        public @Nullable String initialise(String clusterId, String groupId, List<MemberAddress> members)
                throws TimeoutException {
            if (clusterId.equals("slow")) {
                throw new TimeoutException("still joining");
            }
            initialised.add(clusterId + " " + groupId + " " + members);
            return refusal;
        }
    }

    private static MemberStatus follower(MemberAddress address) {
        return new MemberStatus(address, MemberStatus.Role.FOLLOWER, -1, -1, -1, null, null);
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    /** The log of a member that knows of no leader. */
    private static final class NoLeader implements CommandLog {
        @Override
        public CompletableFuture<Proposed> propose(Proposal proposal) {
            return CompletableFuture.completedFuture(new Proposed.NotLeader(null));
        }

        @Override
        public CompletableFuture<Barrier> barrier() {
            return CompletableFuture.completedFuture(new Barrier.NotLeader(null));
        }

        @Override
        public int waiting() {
            return 0;
        }
    }

    private HttpAnswer call(String method, String path, Headers headers, String body) throws InterruptedException {
        return routes.answer(new HttpRequest(
                method,
                path,
                path,
                Query.NONE,
                headers,
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    private HttpAnswer post(String path, String body) throws InterruptedException {
        return call("POST", path, Headers.of("Content-Type", JSON), body);
    }

    private static String text(HttpAnswer answer) {
        return answer instanceof HttpAnswer.Full full ? full.body().utf8() : "";
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/scheduler",
        "/master/api/v1/scheduler",
        "/api/v1",
        "/master/api/v1",
    })
    void aMasterThatDoesNotLeadSendsEveryCallToTheLeaderBeforeItLooksAtIt(String path) throws Exception {
        leader.standing = new Standing.Following("other:5050");

        var answer = call("GET", path, Headers.NONE, "not even json");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.headers().first("Location")).hasValue("//other:5050" + path);
    }

    @Test
    void withoutALeaderTheCallerIsToldToComeAgain() throws Exception {
        leader.standing = new Standing.Following(null);

        var answer = post("/api/v1", "{\"type\":\"GET_HEALTH\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).hasValue("1");
        assertThat(text(answer)).contains("No leading master");
    }

    @Test
    void duringAChangeOfTheLeaderACallWaitsAndIsThenPerformedOrSentThere() throws Exception {
        routes = routes(Duration.ofSeconds(1));

        leader.standing = new Standing.Electing();
        assertThat(post("/api/v1", "{\"type\":\"GET_HEALTH\"}").status()).isEqualTo(200);

        leader.standing = new Standing.Following(null);
        leader.settles = new Standing.Following("other:5050");
        assertThat(post("/api/v1", "{\"type\":\"GET_HEALTH\"}").status()).isEqualTo(307);

        routes = routes(Duration.ofMillis(50));
        leader.standing = new Standing.Following(null);
        leader.settles = leader.standing;
        var given = post("/api/v1", "{\"type\":\"GET_HEALTH\"}");
        assertThat(given.status()).isEqualTo(503);
        assertThat(given.headers().first("Mesolith-Not-Performed")).isPresent();
        assertThat(leader.waited)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(within -> within.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void aMasterThatSaysWhereItIsIsHeardAndWaitsForNoLeader() throws Exception {
        routes = routes(Duration.ofSeconds(1));
        leader.standing = new Standing.Following(null);
        met = new ArrayList<>();

        var answer = post(
                AdmissionDoor.RECORD,
                "{\"member\":{\"id\":\"m2\",\"raft_address\":\"127.0.0.1:7060\",\"http_address\":\"127.0.0.1:7050\"}}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Mesolith-Not-Performed")).isPresent();
        assertThat(met).containsExactly(new MemberAddress("m2", "127.0.0.1", 7060, 7050));
        assertThat(leader.waited).isEmpty();
    }

    @Test
    void onlyWhoseCallWasNotPerformedWaits() throws Exception {
        routes = routes(Duration.ofSeconds(1));
        leader.reply = new Reply.OutcomeUnknown();

        var answer = post("/api/v1", "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{}}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Mesolith-Not-Performed")).isEmpty();
        assertThat(leader.waited).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|application/json|405",
                "POST||400",
                "POST|application/json; charset=utf-8|415",
                "POST|APPLICATION/JSON|415",
                "POST|text/plain|415",
                "POST|application/json|400"
            })
    void theHeadIsCheckedInOrder(String method, @Nullable String contentType, int status) throws Exception {
        var headers = contentType == null ? Headers.NONE : Headers.of("Content-Type", contentType);

        assertThat(call(method, "/api/v1/scheduler", headers, "{").status()).isEqualTo(status);
        assertThat(call(method, "/api/v1", headers, "{").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"UNKNOWN\"}|501",
                "{\"type\":\"NO_SUCH_CALL\"}|400",
                "{\"type\":7}|400",
                "{}|400",
                "[]|400",
                "{\"type\":\"GET_LOGGING_LEVEL\"}|200",
                "{\"type\":\"GET_HEALTH\"}|200",
                "{\"type\":\"UPDATE_WEIGHTS\"}|400"
            })
    void operatorCallsAreAnsweredNeverSilently(String body, int status) throws Exception {
        assertThat(post("/api/v1", body).status()).isEqualTo(status);
    }

    /** With the bodies of those that need one; those of others than the type are passed over. */
    @ParameterizedTest
    @EnumSource(Call.Type.class)
    void everyOperatorCallIsPerformedOrNotSupportedYet(Call.Type type) throws Exception {
        var notBuilt = List.of("UNKNOWN");

        var answer = post(
                "/api/v1",
                "{\"type\":\"" + type + "\",\"get_metrics\":{\"timeout\":{\"nanoseconds\":1}},\"update_weights\":{}}");

        if (notBuilt.contains(type.name())) {
            assertThat(answer.status()).isEqualTo(501);
            assertThat(text(answer)).contains(type.name());
        } else {
            assertThat(answer.status()).isIn(200, 202, 400, 503);
        }
    }

    @ParameterizedTest
    @CsvSource({",200", "timeout=2secs,200", "timeout=500ms,200", "timeout=soon,400", "timeout=-1secs,400"})
    void theSnapshotTakesATimeout(@Nullable String parameter, int status) throws Exception {
        var query = parameter == null
                ? Query.NONE
                : new Query(List.of(new Query.Parameter("timeout", parameter.substring("timeout=".length()))));

        var answer = routes.answer(new HttpRequest(
                "GET",
                "/metrics/snapshot",
                "/metrics/snapshot",
                query,
                Headers.NONE,
                Body.of(""),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void anOperatorCallThatNobodyCanReadTheAnswerOfIsRefused() throws Exception {
        var headers = Headers.of("Content-Type", JSON, "Accept", "text/html");

        assertThat(call("POST", "/api/v1", headers, "{\"type\":\"GET_HEALTH\"}").status())
                .isEqualTo(406);
    }

    @Test
    void aSubscriptionIsAStreamWithTheAskedTypeAndAnId() throws Exception {
        leader.reply = new Reply.Done();
        var headers = Headers.of("Content-Type", JSON, "Accept", "application/x-protobuf");

        var answer = call("POST", "/api/v1/scheduler", headers, subscribe());

        assertThat(answer).isInstanceOf(HttpAnswer.Streaming.class);
        assertThat(answer.headers().first("Content-Type")).hasValue("application/x-protobuf");
        assertThat(answer.headers().first("Mesos-Stream-Id")).isPresent();
        assertThat(leader.subscribed).isNotNull();
    }

    @Test
    void aSubscriptionThatIsRefusedLeavesNoStream() throws Exception {
        leader.reply = new Reply.BadRequest("no");

        var answer = post("/api/v1/scheduler", subscribe());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(leader.closed).hasSize(1);
    }

    /** Else it would take over the stream of the caller's next attempt, which may have come first. */
    @Test
    void aSubscriptionThatWaitedForALeaderUntilItsCallerLeftIsNotPerformed() throws Exception {
        routes = routes(Duration.ofSeconds(1));
        leader.reply = new Reply.Done();
        leader.standing = new Standing.Electing();
        var request = new HttpRequest(
                "POST",
                "/api/v1/scheduler",
                "/api/v1/scheduler",
                Query.NONE,
                Headers.of("Content-Type", JSON),
                Body.of(subscribe()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false,
                () -> leader.waited.size() == 1);

        var answer = routes.answer(request);

        assertThat(leader.waited).hasSize(1);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer)).contains("it was not performed");
        assertThat(leader.subscribed).isNull();
    }

    @Test
    void aSubscriptionWithAStreamIdIsRefused() throws Exception {
        var headers = Headers.of("Content-Type", JSON, "Mesos-Stream-Id", "x");

        assertThat(call("POST", "/api/v1/scheduler", headers, subscribe()).status())
                .isEqualTo(400);
        assertThat(leader.subscribed).isNull();
    }

    private static String subscribe() {
        return "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":\"u\",\"name\":\"n\"}}}";
    }

    @Test
    void otherSchedulerCallsNeedNoAcceptHeader() throws Exception {
        var headers = Headers.of("Content-Type", JSON, "Accept", "text/html");

        var answer = call(
                "POST", "/api/v1/scheduler", headers, "{\"type\":\"TEARDOWN\",\"framework_id\":{\"value\":\"f\"}}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(leader.asked).hasSize(1);
    }

    @Test
    void theCallersKeyTravelsWithTheCallAndATooLongOneIsRefused() throws Exception {
        var body =
                "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[{\"role\":\"a\",\"weight\":2}]}}";

        call("POST", "/api/v1", Headers.of("Content-Type", JSON, CallPath.REQUEST_KEY, "k1"), body);
        var refused =
                call("POST", "/api/v1", Headers.of("Content-Type", JSON, CallPath.REQUEST_KEY, "k".repeat(129)), body);

        assertThat(leader.callers)
                .singleElement()
                .satisfies(caller -> assertThat(caller.requestKey()).isEqualTo("k1"));
        assertThat(refused.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/health,200",
        "/version,200",
        "/flags,200",
        "/metrics,200",
        "/metrics/snapshot,200",
        "/master/metrics/snapshot,200",
        "/raft,200",
        "/redirect,307",
        "/master/redirect,307",
        "/redirect/deeper,404",
        "/nothing,404",
        "/link,299"
    })
    void everyPageIsServedAlsoBelowMaster(String path, int status) throws Exception {
        assertThat(call("GET", path, Headers.NONE, "").status()).isEqualTo(status);
    }

    @Test
    void theRedirectNamesTheLeaderWithoutSchemeAndPathAlsoOnTheLeader() throws Exception {
        assertThat(call("GET", "/redirect", Headers.NONE, "").headers().first("Location"))
                .hasValue("//here:5050");
    }

    @Test
    void aFollowerAnswersItsOwnPagesButSendsAgentsToTheLeader() throws Exception {
        leader.standing = new Standing.Following("other:1");

        assertThat(call("GET", "/health", Headers.NONE, "").status()).isEqualTo(200);
        assertThat(call("GET", "/raft", Headers.NONE, "").status()).isEqualTo(200);
        assertThat(call("GET", "/link", Headers.NONE, "").status()).isEqualTo(307);
    }

    @Test
    void aGroupIsMadeOnceAndARefusalSaysWhy() throws Exception {
        var body =
                "{\"cluster_id\":\"c\",\"group_id\":\"g\",\"members\":[{\"id\":\"m1\",\"raft_address\":\"[::1]:5060\","
                        + "\"http_address\":\"[::1]:5050\"}]}";

        assertThat(post("/raft/init", body).status()).isEqualTo(200);
        refusal = "another cluster";
        var refused = post("/raft/init", body);

        assertThat(initialised.getFirst()).startsWith("c g ").contains("::1");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(text(refused)).isEqualTo("another cluster");
        var underWay = post("/raft/init", body.replace("\"c\"", "\"slow\""));
        assertThat(underWay.status()).isEqualTo(503);
        assertThat(text(underWay)).isEqualTo("still joining");
        assertThat(post("/raft/init", "{\"cluster_id\":1}").status()).isEqualTo(400);
        assertThat(post("/raft/init", "}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "Conflict,409",
        "NotFound,404",
        "TooLarge,413",
        "NoSpace,507",
        "Busy,503",
        "NotSupported,501",
        "Late,504"
    })
    void howACallEndsBecomesAStatus(String kind, int status) throws Exception {
        leader.reply = switch (kind) {
            case "Conflict" -> new Reply.Conflict("t");
            case "NotFound" -> new Reply.NotFound("t");
            case "TooLarge" -> new Reply.TooLarge("t");
            case "NoSpace" -> new Reply.NoSpace("t");
            case "Busy" -> new Reply.Busy("t");
            case "NotSupported" -> new Reply.NotSupported("t");
            default -> new Reply.Late();
        };

        var answer = post("/api/v1/scheduler", "{\"type\":\"TEARDOWN\",\"framework_id\":{\"value\":\"f\"}}");

        assertThat(answer.status()).isEqualTo(status);
    }
}
