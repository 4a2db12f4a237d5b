package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.Pictured;
import org.mesolith.leader.Standing;
import org.mesolith.leader.explain.Picture;
import org.mesolith.model.Quantities;
import org.mesolith.state.Registry;
import org.mesolith.view.LeaderView;
import org.mesolith.view.SoftState;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** What is asked of explanations over HTTP. */
final class ExplainDoorTest {
    private final FakeLeader leader = new FakeLeader();
    private final ExplainDoor door = new ExplainDoor(leader, Gate.OPEN);

    private static Picture empty() {
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
        var input = new AllocationInput(
                1,
                Quantities.NONE,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new GrantCounts(),
                new AllocatorRules(List.of(), List.of(), true, null));
        var view = new LeaderView(Registry.EMPTY, rows -> List.of(), soft);
        return new Picture(view, input, List.of(), FilterPicture.NONE, null, Instant.EPOCH);
    }

    private HttpAnswer.Full ask(String method, String target, String body) throws InterruptedException {
        int mark = target.indexOf('?');
        var parameters = new java.util.ArrayList<Query.Parameter>();
        for (var pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&", -1)) {
            parameters.add(new Query.Parameter(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        }
        var path = mark < 0 ? target : target.substring(0, mark);
        var request = new HttpRequest(
                method,
                path,
                target,
                new Query(parameters),
                Headers.NONE,
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false);
        var answer = switch (path) {
            case ExplainDoor.OFFERS -> door.offers(request);
            case ExplainDoor.TASK -> door.task(request);
            case ExplainDoor.AGENT -> door.agent(request);
            case ExplainDoor.ROLE -> door.role(request);
            case ExplainDoor.DRAIN -> door.drain(request);
            case ExplainDoor.RESERVATION -> door.reservation(request);
            default -> door.whatIf(request);
        };
        return (HttpAnswer.Full) answer;
    }

    @Test
    void aMasterThatDoesNotLeadSendsTheQuestionToTheLeaderWithItsQuery() throws Exception {
        leader.standing = new Standing.Following("other:5050");

        var answer = ask("GET", "/explain/offers?framework=f", "");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.headers().first("Location")).hasValue("//other:5050/explain/offers?framework=f");
    }

    @Test
    void aLeaderThatIsNotReadySaysSo() throws Exception {
        assertThat(ask("GET", "/explain/role?role=eng", "").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/explain/offers?framework=f||405",
                "GET|/explain/offers||400",
                "GET|/explain/offers?framework=f||404",
                "GET|/explain/task||400",
                "GET|/explain/task?id=t||404",
                "GET|/explain/agent||400",
                "GET|/explain/agent?agent=a||404",
                "GET|/explain/reservation?agent=a||404",
                "GET|/explain/role||400",
                "GET|/explain/role?role=-bad||400",
                "GET|/explain/role?role=eng||200",
                "GET|/drain/plan||405",
                "POST|/drain/plan|nothing|400",
                "POST|/drain/plan|{\"agents\":[]}|400",
                "POST|/drain/plan|{\"agents\":[1]}|400",
                "POST|/drain/plan|{\"agents\":[\"a\"],\"max_unavailable\":0}|400",
                "POST|/drain/plan|{\"agents\":[\"a\"],\"deadline\":\"soon\"}|400",
                "POST|/drain/plan|{\"agents\":[\"a\"],\"grace_seconds\":-1}|400",
                "POST|/drain/plan|{\"agents\":[\"a\"],\"grace\":1}|400",
                "POST|/drain/plan|{\"agents\":[\"a\"],\"max_unavailable\":2}|200",
                "GET|/what-if||405",
                "POST|/what-if|nothing|400",
                "POST|/what-if|{}|400",
                "POST|/what-if|{\"changes\":[]}|400",
                "POST|/what-if|{\"changes\":[{\"set_wait\":{}}]}|400",
                "POST|/what-if|{\"changes\":[{\"drain\":{\"agent\":\"a\"}}]}|400",
                "POST|/what-if|{\"changes\":[{\"set_weight\":{\"role\":\"a\",\"weight\":0}}]}|400",
                "POST|/what-if|{\"changes\":[{\"set_weight\":{\"role\":\"a\",\"wait\":1}}]}|400",
                "POST|/what-if|{\"changes\":[{\"set_quota\":{\"role\":\"a/b\",\"limits\":\"cpus:1\"}}]}|400",
                "POST|/what-if|{\"changes\":[{\"set_quota\":{\"role\":\"a\",\"limits\":\"cpus:x\"}}]}|400",
                "POST|/what-if|{\"changes\":[{\"set_weight\":{\"role\":\"a\",\"weight\":2}}]}|200",
            })
    void questionsAreAnsweredOrRefusedWithTheRightStatus(String method, String target, String body, int status)
            throws Exception {
        leader.pictured = new Pictured.Seen(empty());

        var answer = ask(method, target, body == null ? "" : body);

        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(status);
    }
}
