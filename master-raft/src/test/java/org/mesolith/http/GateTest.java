package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.access.Authenticator;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.leader.Standing;
import org.mesolith.model.Acls;
import org.mesolith.model.Acls.Rule;
import org.mesolith.model.Acls.Side;
import org.mesolith.model.Action;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** Who gets through which door of a master that asks everybody; "ops" may do everything, "guest" next to nothing. */
final class GateTest {
    private static final Acls RULES = new Acls(
            List.of(
                    new Rule(Action.GET_ENDPOINT_WITH_PATH, Side.of(List.of("ops")), Side.ANY),
                    new Rule(
                            Action.GET_ENDPOINT_WITH_PATH,
                            Side.of(List.of("guest")),
                            Side.of(List.of("/metrics/snapshot"))),
                    new Rule(Action.VIEW_FLAGS, Side.of(List.of("ops")), Side.ANY),
                    new Rule(Action.REGISTER_AGENT, Side.of(List.of("ops")), Side.ANY)),
            false);

    private final FakeLeader leader = new FakeLeader();
    private final List<String> upgraded = new ArrayList<>();

    private Routes routes(List<Realm> closed) {
        var secrets = new TreeMap<String, String>();
        secrets.put("ops", "s");
        secrets.put("guest", "s");
        var gate = new Gate(Authenticator.of(secrets, closed), RULES);
        return Routes.of(
                leader,
                new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT)),
                new About("0.1.0", "1.11.0", "here:5050", new TreeMap<>(), FakeLeader.LOG, null),
                within -> List.of(),
                new NoGroup(),
                new Routes.Access(gate, principal -> {
                    upgraded.add(String.valueOf(principal));
                    return HttpAnswer.empty(299);
                }));
    }

    private static HttpAnswer call(Routes routes, @Nullable String name, String method, String path, String body)
            throws InterruptedException {
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field("Content-Type", "application/json"));
        if (name != null) {
            var pair = (name + ":s").getBytes(StandardCharsets.UTF_8);
            fields.add(new Headers.Field(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
        }
        return routes.answer(new HttpRequest(
                method,
                path,
                path,
                Query.NONE,
                new Headers(fields),
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/health|200|200|200",
                "/version|200|200|200",
                "/redirect|307|307|307",
                "/flags|401|403|200",
                "/master/flags|401|403|200",
                "/metrics|401|403|200",
                "/metrics/snapshot|401|200|200",
                "/master/metrics/snapshot|401|200|200",
                "/raft|401|403|200",
                "/raft/record|200|200|200",
                "/explain/role|401|403|400",
                "/explain/task|401|403|400",
                "/link|401|403|299",
            })
    void aPageIsShownToWhoeverMaySeeIt(String path, int nobody, int guest, int ops) throws Exception {
        var closed = routes(List.of(Realm.values()));

        assertThat(call(closed, null, "GET", path, "").status()).isEqualTo(nobody);
        assertThat(call(closed, "guest", "GET", path, "").status()).isEqualTo(guest);
        assertThat(call(closed, "ops", "GET", path, "").status()).isEqualTo(ops);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/raft/init",
                "/what-if",
                "/master/what-if",
                "/drain",
                "/drain/plan",
                "/drain/steer",
                "/reservations",
                "/reservations/plan",
                "/reservations/note",
                "/reservations/release",
                "/declarations/plan",
                "/declarations/apply"
            })
    void whatIsPostedToAPageIsAskedForLikeThePage(String path) throws Exception {
        var closed = routes(List.of(Realm.values()));

        assertThat(call(closed, null, "POST", path, "{}").status()).isEqualTo(401);
        assertThat(call(closed, "guest", "POST", path, "{}").status()).isEqualTo(403);
        assertThat(call(closed, "ops", "POST", path, "{}").status()).isNotIn(401, 403);
    }

    @Test
    void flagsAreForWhoeverMaySeeThemInTheOperatorApiToo() throws Exception {
        var closed = routes(List.of(Realm.OPERATOR));
        var body = "{\"type\":\"GET_FLAGS\"}";

        assertThat(call(closed, null, "POST", "/api/v1", body).status()).isEqualTo(401);
        assertThat(call(closed, "guest", "POST", "/api/v1", body).status()).isEqualTo(403);
        assertThat(call(closed, "ops", "POST", "/api/v1", body).status()).isEqualTo(200);
        assertThat(call(closed, "guest", "POST", "/api/v1", "{\"type\":\"GET_HEALTH\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDoorThatAsksNobodyKnowsNobody() throws Exception {
        var open = routes(List.of());

        assertThat(call(open, "ops", "GET", "/metrics", "").status()).isEqualTo(403);
        assertThat(call(open, "ops", "GET", "/link", "").status()).isEqualTo(403);
    }

    @Test
    void anAgentIsKnownByItsNameFromThenOn() throws Exception {
        call(routes(List.of(Realm.AGENT)), "ops", "GET", "/link", "");

        assertThat(upgraded).containsExactly("ops");
    }

    @Test
    void anAgentThatMayNotJoinIsStillShownTheLeader() throws Exception {
        leader.standing = new Standing.Following("other:5050");

        assertThat(call(routes(List.of(Realm.AGENT)), "guest", "GET", "/link", "")
                        .status())
                .isEqualTo(307);
    }
}
