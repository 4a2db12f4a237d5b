package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.ProtocolMessageEnum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.http.ExecutorDoor;
import org.mesolith.codec.body.Encoding;
import org.mesolith.conversation.Exchanges.Door;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.proto.gen.v1.scheduler.Call;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;

/** The page of what is exchanged over the v1 API, made of what is exchanged while this test runs. */
final class ApiPagesTest {
    private static final Path PAGE =
            Path.of(System.getProperty("mesolith.root", ".."), "docs").resolve("api-coverage.md");
    private static final String STREAM = "Mesos-Stream-Id";

    private static final org.mesolith.proto.gen.v1.executor.Call EXECUTOR =
            org.mesolith.proto.gen.v1.executor.Call.getDefaultInstance();
    private static final String SANDBOX = "/frameworks/f1/executors/t1/runs/latest";

    /** What everybody but the framework may not do: anything. */
    private static final Acls ONLY_THE_FRAMEWORK = new Acls(
            Stream.of(Action.values())
                    .map(action -> new Acls.Rule(action, Acls.Side.of(List.of("p")), Acls.Side.ANY))
                    .toList(),
            false);

    @TempDir
    private Path workDir;

    private final Exchanges exchanges = new Exchanges();

    @Test
    void thePageSaysWhatWasExchangedAndNothingIsMissingThatHasNoReason() throws IOException {
        for (var encoding : Encoding.values()) {
            stories(encoding);
            schedulerCalls(encoding);
            executorCalls(encoding);
            masterCalls(encoding);
            agentCalls(encoding);
            heads(encoding);
        }

        var page = new CoveragePage(exchanges);
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, page.text());
        }
        assertThat(page.missing()).isEmpty();
        assertThat(page.needless()).isEmpty();
        assertThat(PAGE)
                .as("make the page anew: mvn test -pl chaos-tests -am -Dtest='*PagesTest' -Dupdate=true")
                .hasContent(page.text());
    }

    private void stories(Encoding encoding) {
        SchedulerStories.all()
                .forEach((name, story) -> story.accept(new Troupe(new Script(name, encoding, exchanges))));
        WatcherStories.all().forEach((name, story) -> story.accept(new Troupe(new Script(name, encoding, exchanges))));
        ExecutorStories.all()
                .forEach((name, story) -> story.accept(new ExecutorTalk(new Script(name, encoding, exchanges))));
    }

    /** At every door: another method, no type of the content, one that nobody knows. */
    private void heads(Encoding encoding) {
        var own = Headers.of("Content-Type", encoding.contentType());
        var other = Headers.of("Content-Type", encoding.contentType() + "; charset=utf-8");
        var bed = new CallBed();
        var host = new CalmHost();
        for (var head : List.of(own, Headers.NONE, other)) {
            var method = head.equals(own) ? "GET" : "POST";
            head(
                    Door.SCHEDULER,
                    encoding,
                    bed.ask(method, CalmCluster.SCHEDULER, head, new byte[0]).status());
            head(
                    Door.MASTER,
                    encoding,
                    bed.ask(method, CalmCluster.OPERATOR, head, new byte[0]).status());
            head(
                    Door.EXECUTOR,
                    encoding,
                    host.ask(method, ExecutorDoor.PATH, head, new byte[0]).status());
            head(
                    Door.AGENT,
                    encoding,
                    host.ask(method, "/api/v1", head, new byte[0]).status());
        }
    }

    private void head(Door door, Encoding encoding, int status) {
        exchanges.answered(door, CoveragePage.HEAD, encoding, status);
    }

    // ---- schedulers

    private void schedulerCalls(Encoding encoding) {
        GoodCalls.all().forEach((name, text) -> {
            var bed = new CallBed();
            var good = bed.call(text);
            boolean subscribes = name.equals("SUBSCRIBE");
            var head = Headers.of("Content-Type", encoding.contentType());
            var own = subscribes ? head : head.with(STREAM, bed.stream());
            scheduler(bed, encoding, own.with("Accept", "text/html"), good, false);
            var stranger = (ObjectNode) good.deepCopy();
            stranger.putObject("framework_id").put("value", "nobody");
            scheduler(bed, encoding, own, stranger, true);
            scheduler(bed, encoding, own, good, true);
            if (!subscribes) {
                var gone = new CallBed();
                gone.leave();
                scheduler(gone, encoding, head.with(STREAM, gone.stream()), gone.call(text), true);
            }
        });
        var bed = new CallBed();
        var unknown = bed.call("{'type':'UNKNOWN','framework_id':{'value':'$FRAMEWORK'}}");
        var head = Headers.of("Content-Type", encoding.contentType(), STREAM, bed.stream());
        scheduler(bed, encoding, head, unknown, true);
    }

    /**
     * One call.
     *
     * @param always false: only a refusal for the sake of the Accept header is worth being told
     */
    private void scheduler(CallBed bed, Encoding encoding, Headers headers, JsonNode call, boolean always) {
        byte[] body = Bodies.bytes(encoding, Call.getDefaultInstance(), call);
        boolean refusable = List.of("SUBSCRIBE", "RECONCILE_OPERATIONS")
                .contains(call.path("type").asText());
        if (always || refusable) {
            var seen = bed.send(headers, body);
            exchanges.answered(Door.SCHEDULER, call.path("type").asText(), encoding, seen.status());
        }
    }

    // ---- executors

    private void executorCalls(Encoding encoding) {
        for (var text : List.of(
                "{'type':'SUBSCRIBE','subscribe':{}}",
                "{'type':'UPDATE','update':" + ExecutorTalk.status("t1", "TASK_RUNNING", 1) + "}",
                "{'type':'MESSAGE','message':{'data':'AAAA'}}",
                "{'type':'HEARTBEAT'}",
                "{'type':'UNKNOWN'}")) {
            var host = new CalmHost();
            var call = (ObjectNode) Bodies.tree(text);
            call.putObject("executor_id").put("value", "e1");
            call.putObject("framework_id").put("value", "f1");
            executor(host, encoding, bodyWithoutIds(encoding, call), text, encoding.contentType());
            executor(host, encoding, call);
            host.hears(Launches.one("t1", 1));
            executor(host, encoding, call);
            executor(host, encoding, call.deepCopy(), "text/html");
            var subscribe = call.deepCopy();
            subscribe.put("type", "SUBSCRIBE").putObject("subscribe");
            executor(host, encoding, subscribe);
            executor(host, encoding, call);
        }
    }

    private static byte[] bodyWithoutIds(Encoding encoding, ObjectNode call) {
        var whole = Bodies.message(EXECUTOR, call);
        var without = whole.toBuilder().clearExecutorId().clearFrameworkId().buildPartial();
        return encoding == Encoding.JSON ? Bodies.bytes(Bodies.tree(without)) : without.toByteArray();
    }

    private void executor(CalmHost host, Encoding encoding, ObjectNode call) {
        executor(host, encoding, call, encoding.contentType());
    }

    private void executor(CalmHost host, Encoding encoding, ObjectNode call, String accept) {
        executor(host, encoding, Bodies.bytes(encoding, EXECUTOR, call), call.toString(), accept);
    }

    private void executor(CalmHost host, Encoding encoding, byte[] body, String call, String accept) {
        var headers = Headers.of("Content-Type", encoding.contentType(), "Accept", accept);
        var answer = host.ask("POST", ExecutorDoor.PATH, headers, body);
        if (answer instanceof HttpAnswer.Streaming streaming) {
            streaming.onOpen().accept(new SilentOutbox());
        }
        var type = Bodies.tree(call).path("type").asText();
        exchanges.answered(Door.EXECUTOR, type, encoding, answer.status());
    }

    // ---- operators

    private void masterCalls(Encoding encoding) {
        var bodies = OperatorCalls.masters();
        each(org.mesolith.proto.gen.v1.master.Call.Type.values(), type -> {
            var calls = bodies.getOrDefault(type, List.of("{'type':'" + type + "'}"));
            var bed = new CallBed();
            calls.forEach(text -> master(bed, encoding, bed.call(text), encoding.contentType()));
            master(bed, encoding, Bodies.tree("{'type':'" + type + "'}"), encoding.contentType());
            master(bed, encoding, bed.call(calls.getLast()), "text/html");
            var closed = CallBed.under(closedFor(type));
            calls.subList(0, calls.size() - 1)
                    .forEach(text -> master(closed, encoding, closed.call(text), encoding.contentType()));
            master(closed, encoding, closed.call(calls.getLast()), encoding.contentType());
        });
    }

    /** Of calls that need others before them, everything but they themselves is allowed. */
    private static Acls closedFor(String type) {
        if (!List.of("START_MAINTENANCE", "STOP_MAINTENANCE", "REACTIVATE_AGENT")
                .contains(type)) {
            return ONLY_THE_FRAMEWORK;
        }
        return new Acls(List.of(new Acls.Rule(Action.valueOf(type), Acls.Side.NONE, Acls.Side.ANY)), true);
    }

    private void master(CallBed bed, Encoding encoding, JsonNode call, String accept) {
        var prototype = org.mesolith.proto.gen.v1.master.Call.getDefaultInstance();
        var headers = Headers.of("Content-Type", encoding.contentType(), "Accept", accept);
        int status =
                bed.operator(headers, Bodies.bytes(encoding, prototype, call)).status();
        exchanges.answered(Door.MASTER, call.path("type").asText(), encoding, status);
    }

    private void agentCalls(Encoding encoding) throws IOException {
        var bodies = OperatorCalls.agents();
        var sandbox = Files.createDirectories(workDir.resolve("slaves/a1" + SANDBOX));
        Files.writeString(sandbox.resolve("stdout"), "hello");
        var host = new CalmHost(workDir);
        var prototype = org.mesolith.proto.gen.v1.agent.Call.getDefaultInstance();
        var headers = Headers.of("Content-Type", encoding.contentType(), "Accept", encoding.contentType());
        var blind = Headers.of("Content-Type", encoding.contentType(), "Accept", "text/html");
        each(org.mesolith.proto.gen.v1.agent.Call.Type.values(), type -> {
            var body = bodies.get(type);
            var name = type.toLowerCase(Locale.ROOT);
            var whole = body == null ? "" : ",'" + name + "':{" + body.replace("$SANDBOX", SANDBOX) + "}";
            for (var text : List.of("{'type':'" + type + "'" + whole + "}", "{'type':'" + type + "'}")) {
                for (var head : List.of(headers, blind)) {
                    var answer =
                            host.ask("POST", "/api/v1", head, Bodies.bytes(encoding, prototype, Bodies.tree(text)));
                    exchanges.answered(Door.AGENT, type, encoding, answer.status());
                }
            }
        });
    }

    private static void each(ProtocolMessageEnum[] types, Consumer<String> action) {
        for (var type : types) {
            EnumValueDescriptor value = type.getValueDescriptor();
            action.accept(value.getName());
        }
    }
}
