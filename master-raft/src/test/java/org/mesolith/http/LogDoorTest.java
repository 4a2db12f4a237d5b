package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.access.Authenticator;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.leader.Standing;
import org.mesolith.logging.Verbosity;
import org.mesolith.model.Acls;
import org.mesolith.model.Acls.Rule;
import org.mesolith.model.Acls.Side;
import org.mesolith.model.Action;
import org.mesolith.pages.LogFile;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** The log of a master, as calls and as pages. */
final class LogDoorTest {
    @TempDir
    private Path dir;

    private final StillQueue clock = new StillQueue();
    private final List<Long> levels = new ArrayList<>();
    private final FakeLeader leader = new FakeLeader();
    private Routes routes = routes(Acls.OPEN);

    @BeforeEach
    void aLogIsKept() throws IOException {
        Files.writeString(dir.resolve("m.log.0"), "first line\nsecond line\n");
        routes = routes(Acls.OPEN);
    }

    private Routes routes(Acls acls) {
        var file = dir == null ? null : new LogFile(OwnLog.NAME, dir.resolve("m.log.0"));
        var log = new OwnLog(new Verbosity(clock, levels::add), file);
        return Routes.of(
                leader,
                new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT)),
                new About("0.1.0", "1.11.0", "here:5050", new TreeMap<>(), log, null),
                within -> List.of(),
                new NoGroup(),
                new Routes.Access(new Gate(Authenticator.OPEN, acls), principal -> HttpAnswer.empty(101)));
    }

    private HttpAnswer.Full ask(String method, String target, String body) throws Exception {
        var parts = target.split("\\?", 2);
        var query = new ArrayList<Query.Parameter>();
        for (var pair : parts.length == 1 ? new String[0] : parts[1].split("&")) {
            query.add(new Query.Parameter(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", "")));
        }
        return (HttpAnswer.Full) routes.answer(new HttpRequest(
                method,
                parts[0],
                target,
                new Query(query),
                Headers.of("Content-Type", "application/json"),
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    private HttpAnswer.Full call(String body) throws Exception {
        return ask("POST", "/api/v1", body);
    }

    private String level() throws Exception {
        return call("{\"type\":\"GET_LOGGING_LEVEL\"}").body().utf8();
    }

    @Test
    void theLevelIsRaisedForAWhile() throws Exception {
        var set = call("{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":2,"
                + "\"duration\":{\"nanoseconds\":60000000000}}}");
        var raised = level();
        clock.fire();

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body().length()).isZero();
        assertThat(raised).isEqualTo("{\"type\":\"GET_LOGGING_LEVEL\",\"get_logging_level\":{\"level\":2}}");
        assertThat(level()).contains("\"level\":0");
        assertThat(levels).containsExactly(2L, 0L);
    }

    @Test
    void theOlderPageDoesTheSameAlsoWhereNobodyLeads() throws Exception {
        leader.standing = new Standing.Following("elsewhere:5050");
        var set = ask("POST", "/logging/toggle?level=1&duration=5mins", "");

        assertThat(set.status()).isEqualTo(200);
        assertThat(ask("GET", "/logging/toggle", "").body().utf8()).isEqualTo("1\n");
        assertThat(ask("GET", "/logging/toggle?level=1", "").status()).isEqualTo(400);
        assertThat(ask("GET", "/logging/toggle?level=-1&duration=5mins", "").status())
                .isEqualTo(400);
        assertThat(ask("GET", "/logging/toggle?level=1&duration=soon", "").status())
                .isEqualTo(400);
        assertThat(ask("GET", "/logging/toggle?level=1&duration=60weeks", "").status())
                .isEqualTo(400);
    }

    @Test
    void theLogIsReadUnderTheNameThatMesosGivesIt() throws Exception {
        var part = call("{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"/master/log\",\"offset\":6,\"length\":4}}");
        var list = call("{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"/master/log\"}}");

        assertThat(part.body().utf8())
                .isEqualTo("{\"type\":\"READ_FILE\",\"read_file\":{\"size\":23,\"data\":\"bGluZQ==\"}}");
        assertThat(list.body().utf8()).isEqualTo("{\"type\":\"LIST_FILES\",\"list_files\":{}}");
        assertThat(ask("GET", "/files/read?path=/master/log&offset=-1", "")
                        .body()
                        .utf8())
                .isEqualTo("{\"data\":\"\",\"offset\":23}");
        assertThat(ask("GET", "/files/read?path=/master/log&offset=0&length=5", "")
                        .body()
                        .utf8())
                .isEqualTo("{\"data\":\"first\",\"offset\":0}");
        assertThat(ask("GET", "/files/download?path=/master/log", "").body().utf8())
                .endsWith("second line\n");
        assertThat(ask("GET", "/files/browse?path=/master/log", "").body().utf8())
                .isEqualTo("[]");
        assertThat(ask("GET", "/files/debug", "").body().utf8())
                .isEqualTo("{\"/master/log\":\"" + dir.resolve("m.log.0") + "\"}");
    }

    @Test
    void nothingElseIsRead() throws Exception {
        for (var path : List.of("/etc/passwd", "/master", "/master/log/..", "/master/log/../../etc/passwd", "/")) {
            assertThat(ask("GET", "/files/read?offset=0&path=" + path, "").status())
                    .isEqualTo(404);
            assertThat(call("{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"" + path + "\",\"offset\":0}}")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(ask("GET", "/files/read?offset=0", "").status()).isEqualTo(400);
        assertThat(ask("GET", "/files/read?offset=x&path=/master/log", "").status())
                .isEqualTo(400);
        assertThat(ask("GET", "/files/nothing", "").status()).isEqualTo(404);
        assertThat(ask("POST", "/files/read?path=/master/log", "").status()).isEqualTo(405);
    }

    @Test
    void whoMayNotGets403() throws Exception {
        routes = routes(new Acls(
                List.of(
                        new Rule(Action.ACCESS_MESOS_LOG, Side.NONE, Side.ANY),
                        new Rule(Action.SET_LOG_LEVEL, Side.NONE, Side.ANY),
                        new Rule(
                                Action.GET_ENDPOINT_WITH_PATH,
                                Side.NONE,
                                Side.of(List.of("/logging/toggle", "/files/debug")))),
                true));

        assertThat(call("{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"/master/log\",\"offset\":0}}")
                        .status())
                .isEqualTo(403);
        assertThat(call("{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"/master/log\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(call("{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":2,"
                                + "\"duration\":{\"nanoseconds\":1}}}")
                        .status())
                .isEqualTo(403);
        assertThat(ask("GET", "/files/read?path=/master/log", "").status()).isEqualTo(403);
        assertThat(ask("GET", "/files/debug", "").status()).isEqualTo(403);
        assertThat(ask("GET", "/logging/toggle?level=1&duration=5mins", "").status())
                .isEqualTo(403);
        assertThat(levels).isEmpty();
    }
}
