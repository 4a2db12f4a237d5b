package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.leader.Standing;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.Weight;
import org.mesolith.state.Registry;
import org.mesolith.view.LeaderView;
import org.mesolith.view.SoftState;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** Paths that are older than the v1 API: who answers, what is taken, and what it becomes. */
final class LegacyDoorTest {
    private final FakeLeader leader = new FakeLeader();
    private final Routes routes = Routes.of(
            leader,
            new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT)),
            new About("0.1.0", "1.11.0", "here:5050", new TreeMap<>(), FakeLeader.LOG, null),
            within -> List.of(),
            new NoGroup(),
            new Routes.Access(Gate.OPEN, principal -> HttpAnswer.empty(299)));

    @BeforeEach
    void leads() {
        var soft = new SoftState(
                new MasterInfo("m", "127.0.0.1", 5050, "m", "1.11.0", null),
                Instant.EPOCH,
                Instant.EPOCH,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of());
        leader.viewed = new Viewed.Seen(new LeaderView(Registry.EMPTY, rows -> List.of(), soft));
        leader.reply = new Reply.Done();
    }

    private HttpAnswer.Full call(String method, String target, String body) throws InterruptedException {
        return call(method, target, body, Headers.NONE);
    }

    private HttpAnswer.Full call(String method, String target, String body, Headers headers)
            throws InterruptedException {
        var parts = target.split("\\?", 2);
        var query = new ArrayList<Query.Parameter>();
        if (parts.length == 2) {
            for (var pair : parts[1].split("&")) {
                query.add(new Query.Parameter(
                        pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
            }
        }
        return (HttpAnswer.Full) routes.answer(new HttpRequest(
                method,
                parts[0],
                target,
                new Query(query),
                headers,
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    static List<String> pages() {
        return List.copyOf(LegacyDoor.paths());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsShownByTheLeaderAlsoUnderMaster(String path) throws Exception {
        for (var prefix : List.of("", "/master")) {
            var answer = call("GET", prefix + path, "");

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.headers().first("Content-Type")).hasValue("application/json");
            assertThat(answer.headers().first("Mesolith-Index")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void othersSendToTheLeaderWithPathAndQuery(String path) throws Exception {
        leader.standing = new Standing.Following("other:5050");

        var answer = call("GET", "/master" + path + "?a=b", "");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.headers().first("Location")).hasValue("//other:5050/master" + path + "?a=b");
    }

    @Test
    void aPageMayBeCalledAsAFunctionAndOnlyAsOne() throws Exception {
        var wrapped = call("GET", "/master/state?jsonp=jQuery1._cb", "");
        var script = call("GET", "/master/state?jsonp=alert(1)//", "");

        assertThat(wrapped.body().utf8())
                .startsWith("jQuery1._cb({\"version\":")
                .endsWith("})");
        assertThat(wrapped.headers().first("Content-Type")).hasValue("text/javascript");
        assertThat(script.status()).isEqualTo(400);
        assertThat(call("GET", "/version?jsonp=f", "").body().utf8()).startsWith("f({");
        assertThat(call("GET", "/nowhere?jsonp=f", "").status()).isEqualTo(404);
    }

    @Test
    void aFormBecomesTheCallThatItIs() throws Exception {
        var reserve = "slaveId=a1&resources=%5B%7B%22name%22%3A%22cpus%22%2C%22type%22%3A%22SCALAR%22%2C"
                + "%22scalar%22%3A%7B%22value%22%3A1%7D%2C%22role%22%3A%22ads%22%2C"
                + "%22reservation%22%3A%7B%22principal%22%3A%22p%22%7D%7D%5D";
        leader.reply = new Reply.Accepted();

        var answer = call("POST", "/master/reserve", reserve);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(leader.operated)
                .containsExactly(new OperatorCall.Operate(
                        new AgentId("a1"),
                        new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse("cpus(+ads@p):1"))));
        assertThat(call("POST", "/unreserve", reserve).status()).isEqualTo(202);
        assertThat(call("POST", "/create-volumes", reserve.replace("resources", "volumes"))
                        .status())
                .isEqualTo(202);
        assertThat(call("POST", "/destroy-volumes", reserve.replace("resources", "volumes"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void jsonBecomesTheCallThatItIs() throws Exception {
        assertThat(call("POST", "/teardown", "frameworkId=f-1").status()).isEqualTo(200);
        assertThat(call("PUT", "/weights", "[{\"role\":\"ads\",\"weight\":2.5}]")
                        .status())
                .isEqualTo(200);
        assertThat(call("POST", "/machine/down", "[{\"hostname\":\"h1\"}]").status())
                .isEqualTo(200);
        assertThat(call("POST", "/machine/up", "[{\"hostname\":\"h1\"}]").status())
                .isEqualTo(200);
        assertThat(call("POST", "/maintenance/schedule", "{\"windows\":[]}").status())
                .isEqualTo(200);
        assertThat(call("POST", "/quota", "{\"role\":\"ads\",\"guarantee\":[]}").status())
                .isEqualTo(200);
        assertThat(call("DELETE", "/quota/ads/fast", "").status()).isEqualTo(200);

        assertThat(leader.operated)
                .containsExactly(
                        new OperatorCall.TearDown(new FrameworkId("f-1")),
                        new OperatorCall.UpdateWeights(List.of(Weight.of("ads", 2.5))),
                        new OperatorCall.StartMaintenance(List.of(new MachineId("h1", ""))),
                        new OperatorCall.StopMaintenance(List.of(new MachineId("h1", ""))),
                        new OperatorCall.UpdateMaintenanceSchedule(List.of()),
                        new OperatorCall.SetQuota("ads", Resources.EMPTY, false),
                        new OperatorCall.RemoveQuota("ads/fast"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/reserve||400|slaveId",
                "POST|/reserve|slaveId=a|400|resources",
                "POST|/reserve|slaveId=a&resources=[|400|JSON",
                "POST|/reserve|slaveId=a&resources=[],\"x\":1|400|JSON",
                "POST|/reserve|slaveId=a&resources=7|400|array",
                "POST|/reserve|slaveId=a&resources=%zz|400|URL-encoded",
                "POST|/teardown|x=y|400|frameworkId",
                "PUT|/weights|no|400|JSON",
                "PUT|/weights|[{\"role\":\"a\"}]|400|weight",
                "POST|/quota|{}|400|role",
                "POST|/machine/down|{|400|JSON",
                "GET|/reserve||405|POST",
                "GET|/machine/up||405|POST",
                "POST|/weights|[]|405|PUT",
                "GET|/quota/ads||405|DELETE"
            })
    void whatIsWrongIsRefusedAndNothingIsAsked(
            String method, String path, @Nullable String body, int status, String text) throws Exception {
        var answer = call(method, path, body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().utf8()).contains(text);
        assertThat(leader.operated).isEmpty();
    }

    @Test
    void theScheduleIsShownWithATagAndReplacedOnlyIfItStillHasIt() throws Exception {
        var tag =
                call("GET", "/maintenance/schedule", "").headers().first("ETag").orElseThrow();
        leader.reply = new Reply.Changed("somebody changed it");

        var answer = call("POST", "/maintenance/schedule", "{\"windows\":[]}", Headers.of("If-Match", tag));

        assertThat(answer.status()).isEqualTo(412);
        assertThat(leader.operated)
                .containsExactly(new OperatorCall.UpdateMaintenanceSchedule(List.of(), tag.replace("\"", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/maintenance/schedule|{\"windows\":[]}|*",
                "POST|/maintenance/schedule|{\"windows\":[]}|0123456789abcdef",
                "POST|/teardown|frameworkId=f-1|\"0123456789abcdef\""
            })
    void aTagThatMeansNothingIsRefused(String method, String path, String body, String tag) throws Exception {
        var answer = call(method, path, body, Headers.of("If-Match", tag));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().utf8()).contains("nothing was changed");
        assertThat(leader.operated).isEmpty();
    }
}
