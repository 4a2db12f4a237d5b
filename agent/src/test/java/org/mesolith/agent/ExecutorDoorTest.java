package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.agent.core.ExecutorTokens;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.ExecutorClientCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** The executor API of a real agent over its door, with a real process; the test speaks as the executor. */
final class ExecutorDoorTest {
    private static final ExecutorId E = new ExecutorId("own");

    @TempDir
    private Path dir;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorClientCodec codec = new ExecutorClientCodec(CodecLimits.DEFAULT);
    private Encoding encoding = Encoding.JSON;
    private String token = "";
    private URI door = URI.create("http://127.0.0.1");

    private byte[] body(ExecutorCall call) {
        return codec.encode(encoding, new ExecutorRequest(FakeMaster.FRAMEWORK, E, call));
    }

    private HttpRequest request(ExecutorCall call, String accept) {
        var builder = HttpRequest.newBuilder(door);
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder.header("Content-Type", encoding.contentType())
                .header("Accept", accept)
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofByteArray(body(call)))
                .build();
    }

    private int post(ExecutorCall call) throws IOException, InterruptedException {
        return http.send(request(call, encoding.contentType()), BodyHandlers.ofString())
                .statusCode();
    }

    /** Until the agent has read the order. */
    private void awaitKnown() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (post(new ExecutorCall.Message(new byte[0])) == 400) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    private InputStream subscribe() throws IOException, InterruptedException {
        var call = new ExecutorCall.Subscribe(List.of(), List.of());
        var answer = http.send(request(call, encoding.contentType()), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(encoding.contentType());
        return new BufferedInputStream(answer.body());
    }

    private ExecutorEvent next(InputStream stream) throws IOException {
        int length = 0;
        for (int read = stream.read(); read != '\n'; read = stream.read()) {
            length = length * 10 + Character.digit(read, 10);
        }
        var decoded = codec.decode(encoding, stream.readNBytes(length));
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<ExecutorEvent>) decoded).value();
    }

    private static ExecutorCall.Update update(LinkMessage.Launch order, TaskState state, byte[] data) {
        var status = new TaskStatus(
                order.key().task(),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                Instant.ofEpochSecond(1_700_000_000),
                new Uuid(7, state.number()),
                null,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        return new ExecutorCall.Update(status, data);
    }

    @Test
    void withTokensOnlyTheExecutorItselfMayCall() throws Exception {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        var file = Files.write(dir.resolve("key"), key);
        var tokens = new ExecutorTokens(key);
        var home = new AgentHome(dir);
        try (var master = new FakeMaster(1);
                var agent = home.start(master.address(), "--jwt_secret_key=" + file, "--authenticate_http_executors")) {
            master.awaitJoin();
            door = URI.create("http://127.0.0.1:" + agent.address().getPort() + "/api/v1/executor");
            var order = master.launchUnder(
                    E, "echo $MESOS_EXECUTOR_AUTHENTICATION_TOKEN > new; mv new token; exec sleep 600");
            master.say(order);
            var written = home.file(E.value(), "token");
            AgentHome.until(() -> Files.exists(written));
            var call = new ExecutorCall.Subscribe(List.of(), List.of());

            var refused = http.send(request(call, encoding.contentType()), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"mesos-agent-executor\"");
            assertThat(refused.body()).contains("MESOS_EXECUTOR_AUTHENTICATION_TOKEN");
            token = "x.y.z";
            assertThat(post(call)).isEqualTo(401);
            token = tokens.mint(FakeMaster.FRAMEWORK, new ExecutorId("other"), new Uuid(1, 2));
            assertThat(post(call)).isEqualTo(403);
            token = tokens.mint(FakeMaster.FRAMEWORK, E, new Uuid(1, 2));
            assertThat(post(call)).isEqualTo(403);
            token = Files.readString(written).strip();
            try (var stream = subscribe()) {
                assertThat(next(stream)).isInstanceOf(ExecutorEvent.Subscribed.class);
                assertThat(next(stream)).isEqualTo(new ExecutorEvent.Launch(order.taskInfo()));
                assertThat(post(update(order, TaskState.TASK_RUNNING, new byte[0])))
                        .isEqualTo(202);
                master.await(order.key(), TaskState.TASK_RUNNING);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void anExecutorSubscribesRunsATaskTalksAndIsShutDown(Encoding used) throws Exception {
        encoding = used;
        try (var master = new FakeMaster(1);
                var agent = new AgentHome(dir).start(master.address())) {
            master.awaitJoin();
            door = URI.create("http://127.0.0.1:" + agent.address().getPort() + "/slave(1)/api/v1/executor");
            assertThat(post(new ExecutorCall.Message(new byte[0]))).isEqualTo(400);
            var order = master.launchUnder(E, "exec sleep 600");
            master.say(order);
            awaitKnown();

            assertThat(post(new ExecutorCall.Message(new byte[0]))).isEqualTo(403);
            assertThat(post(new ExecutorCall.Heartbeat())).isEqualTo(202);
            var call = new ExecutorCall.Subscribe(List.of(), List.of());
            assertThat(http.send(request(call, "text/html"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(406);
            try (var stream = subscribe()) {
                assertThat(next(stream))
                        .isInstanceOfSatisfying(
                                ExecutorEvent.Subscribed.class,
                                first -> assertThat(first.agent()).isEqualTo(FakeMaster.AGENT));
                assertThat(next(stream)).isEqualTo(new ExecutorEvent.Launch(order.taskInfo()));
                byte[] data = "result".repeat(100_000).getBytes(StandardCharsets.UTF_8);
                assertThat(post(update(order, TaskState.TASK_RUNNING, data))).isEqualTo(202);
                assertThat(next(stream))
                        .isEqualTo(new ExecutorEvent.Acknowledged(
                                order.key().task(), new Uuid(7, TaskState.TASK_RUNNING.number())));
                assertThat(master.await(order.key(), TaskState.TASK_RUNNING).data())
                        .isEqualTo(data);

                assertThat(post(new ExecutorCall.Message(new byte[] {5}))).isEqualTo(202);
                assertThat(master.awaitMessage(LinkMessage.ExecutorSaid.class).data())
                        .containsExactly(5);
                master.say(new LinkMessage.TellExecutor(master.fence(), FakeMaster.FRAMEWORK, E, new byte[] {6}));
                assertThat(next(stream))
                        .isInstanceOfSatisfying(
                                ExecutorEvent.Message.class,
                                message -> assertThat(message.data()).containsExactly(6));

                master.say(new LinkMessage.ShutdownExecutor(master.fence(), FakeMaster.FRAMEWORK, E));
                assertThat(next(stream)).isEqualTo(new ExecutorEvent.Shutdown());
            }
            assertThat(master.awaitMessage(LinkMessage.ExecutorEnded.class).status())
                    .isEqualTo(9);
            assertThat(master.await(order.key(), TaskState.TASK_FAILED).status().executor())
                    .isEqualTo(E);
        }
    }
}
