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
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.leader.Standing;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.model.Position;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.view.LeaderView;
import org.mesolith.view.SoftState;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** What is asked of plans to empty agents over HTTP. */
final class DrainDoorTest {
    private static final DrainPlan PLAN = new DrainPlan(
            7,
            DrainPlan.State.PAUSED,
            List.of(
                    new DrainPlan.Part(new AgentId("a1"), 1, DrainPlan.Step.DRAINED, false),
                    new DrainPlan.Part(new AgentId("a2"), 2, DrainPlan.Step.WAITING, false)),
            1,
            Duration.ofSeconds(9),
            null,
            Instant.EPOCH,
            "ops");

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
        var registry = Registry.EMPTY.with(new Position(3, 0), List.of(new Change.DrainPlanPut(PLAN)));
        leader.viewed = new Viewed.Seen(new LeaderView(registry, rows -> List.of(), soft));
    }

    private HttpAnswer.Full call(String method, String target, String body) throws InterruptedException {
        var parts = target.split("\\?", 2);
        var query = new ArrayList<Query.Parameter>();
        if (parts.length == 2) {
            var pair = parts[1].split("=", 2);
            query.add(new Query.Parameter(pair[0], pair[1]));
        }
        return (HttpAnswer.Full) routes.answer(new HttpRequest(
                method,
                parts[0],
                target,
                new Query(query),
                Headers.NONE,
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    @Test
    void plansAreShownWithTheirAgents() throws Exception {
        var answer = call("GET", "/master/drain", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().utf8())
                .contains("\"id\":\"D7\",\"state\":\"paused\"", "\"batch\":2,\"batches\":2", "\"step\":\"waiting\"");
        assertThat(call("GET", "/drain?id=D7", "").body().utf8()).contains("\"D7\"");
    }

    @Test
    void aPlanIsMadeAndNamed() throws Exception {
        leader.reply = new Reply.Made("D8");

        var answer = call(
                "POST",
                "/drain",
                "{\"agents\":[\"a1\",\"a2\"],\"max_unavailable\":2,\"grace_seconds\":60,"
                        + "\"deadline\":\"2026-12-01T06:00:00Z\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().utf8()).isEqualTo("{\"id\":\"D8\"}");
        assertThat(leader.operated)
                .containsExactly(new OperatorCall.PlanDrain(
                        List.of(new AgentId("a1"), new AgentId("a2")),
                        2,
                        Duration.ofMinutes(1),
                        Instant.parse("2026-12-01T06:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"pause,PAUSE", "resume,RESUME", "cancel,CANCEL"})
    void aPlanIsSteered(String wish, DrainWish meant) throws Exception {
        leader.reply = new Reply.Done();

        assertThat(call("POST", "/drain/steer", "{\"id\":\"D7\",\"wish\":\"" + wish + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(leader.operated).containsExactly(new OperatorCall.SteerDrain(7, meant));
    }

    @Test
    void othersSendToTheLeader() throws Exception {
        leader.standing = new Standing.Following("other:5050");

        assertThat(call("POST", "/drain", "{}").status()).isEqualTo(307);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/drain?id=7||400",
                "GET|/drain?id=D8||404",
                "PUT|/drain||405",
                "GET|/drain/steer||405",
                "POST|/drain|[]|400",
                "POST|/drain|{\"agents\":\"a1\"}|400",
                "POST|/drain|{\"agents\":[\"a1\"],\"mark_gone\":true}|400",
                "POST|/drain/steer|{\"id\":\"D7\",\"wish\":\"stop\"}|400",
                "POST|/drain/steer|{\"id\":\"seven\",\"wish\":\"pause\"}|400",
                "POST|/drain/steer|{\"wish\":\"pause\"}|400"
            })
    void whatIsWrongIsRefusedAndNothingIsAsked(String method, String target, @Nullable String body, int status)
            throws Exception {
        assertThat(call(method, target, body == null ? "" : body).status()).isEqualTo(status);
        assertThat(leader.operated).isEmpty();
    }
}
