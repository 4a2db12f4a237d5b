package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/** Calls and events of executors, both ways, in both encodings. */
final class ExecutorCodecTest {
    private final ExecutorCodec codec = new ExecutorCodec(CodecLimits.DEFAULT);
    private final ExecutorClientCodec client = new ExecutorClientCodec(CodecLimits.DEFAULT);

    private static ExecutorCall.Update update() {
        var status = new TaskStatus(
                new TaskId("t"),
                TaskState.TASK_RUNNING,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "well",
                Instant.ofEpochSecond(1_700_000_000),
                new Uuid(1, 2),
                null,
                new ExecutorId("e"),
                true,
                Opaque.empty(TaskStatus.SCHEMA));
        return new ExecutorCall.Update(status, new byte[] {1, 2, 3});
    }

    private static List<ExecutorCall> calls() {
        return List.of(
                new ExecutorCall.Subscribe(List.of(), List.of()),
                new ExecutorCall.Subscribe(List.of(new TaskId("a"), new TaskId("b")), List.of(update())),
                update(),
                new ExecutorCall.Message(new byte[] {7}),
                new ExecutorCall.Heartbeat(),
                new ExecutorCall.Unknown());
    }

    private static List<ExecutorEvent> events() {
        var executor = ExecutorInfo.newBuilder().setType(ExecutorInfo.Type.CUSTOM);
        executor.getExecutorIdBuilder().setValue("e");
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");
        var framework = FrameworkInfo.newBuilder()
                .setUser("u")
                .setName("f")
                .setFailoverTimeout(0)
                .setCheckpoint(false)
                .build();
        var agent = new AgentInfo("host", 5051, Resources.parse("cpus:2"), List.of(), null, List.of(), "");
        return List.of(
                new ExecutorEvent.Subscribed(
                        Opaques.of(executor.build()),
                        Opaques.of(framework),
                        new AgentId("a"),
                        agent,
                        new Uuid(0x1111_2222_3333_4444L, 0x8555_6666_7777_8888L)),
                new ExecutorEvent.Launch(Opaques.of(task.build())),
                new ExecutorEvent.Kill(new TaskId("t"), null),
                new ExecutorEvent.Kill(new TaskId("t"), Duration.ofMillis(1_500)),
                new ExecutorEvent.Acknowledged(new TaskId("t"), new Uuid(3, 4)),
                new ExecutorEvent.Message(new byte[] {9, 8}),
                new ExecutorEvent.Shutdown(),
                new ExecutorEvent.Failed("why"),
                new ExecutorEvent.Heartbeat());
    }

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<T>) decoded).value();
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whatAnExecutorSaysArrivesUnchanged(Encoding encoding) {
        assertThat(calls()).allSatisfy(call -> {
            var said = new ExecutorRequest(new FrameworkId("f"), new ExecutorId("e"), call);
            assertThat(ok(codec.decode(encoding, client.encode(encoding, said))))
                    .usingRecursiveComparison()
                    .isEqualTo(said);
        });
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whatAnExecutorIsToldArrivesUnchanged(Encoding encoding) {
        assertThat(events())
                .allSatisfy(event -> assertThat(ok(client.decode(encoding, codec.encode(encoding, event))))
                        .usingRecursiveComparison()
                        .isEqualTo(event));
    }

    private String refusal(String call) {
        var whole = "{'executor_id':{'value':'e'},'framework_id':{'value':'f'}," + call + "}";
        var decoded = codec.decode(Encoding.JSON, whole.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused<ExecutorRequest>) decoded).text();
    }

    private String refusedUpdate(String fields) {
        return refusal("'type':'UPDATE','update':{'status':{'task_id':{'value':'t'}," + fields + "}}");
    }

    @Test
    void aCallThatIsWrongByItselfIsRefusedWithTheFieldThatIsWrong() {
        var uuid = "'uuid':'AAAAAAAAAAEAAAAAAAAAAg=='";
        assertThat(refusal("'subscribe':{}")).contains("type");
        assertThat(refusal("'type':'SUBSCRIBE'")).contains("subscribe");
        assertThat(refusal("'type':'MESSAGE'")).contains("message");
        assertThat(refusedUpdate("'state':'TASK_RUNNING','source':'SOURCE_EXECUTOR'"))
                .contains("update.status.uuid");
        assertThat(refusedUpdate("'state':'TASK_RUNNING','source':'SOURCE_EXECUTOR','uuid':'AAAA'"))
                .contains("3 bytes");
        assertThat(refusedUpdate("'state':'TASK_RUNNING','source':'SOURCE_AGENT'," + uuid))
                .contains("update.status.source")
                .contains("SOURCE_EXECUTOR");
        assertThat(refusedUpdate("'state':'TASK_STAGING','source':'SOURCE_EXECUTOR'," + uuid))
                .contains("TASK_STAGING");
        assertThat(refusedUpdate(
                        "'state':'TASK_RUNNING','source':'SOURCE_EXECUTOR','executor_id':{'value':'x'}," + uuid))
                .contains("update.status.executor_id");
        assertThat(refusedUpdate("'state':'TASK_RUNNING','source':'SOURCE_EXECUTOR',"
                        + "'check_status':{'type':'HTTP','tcp':{}}," + uuid))
                .contains("check_status");
    }
}
