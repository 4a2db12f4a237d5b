package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Seed;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.proto.gen.link.FromAgent;
import org.mesolith.proto.gen.link.FromMaster;
import org.mesolith.proto.gen.link.RefusedOrder;

/** Frames between masters and agents: whatever is said arrives unchanged, and what is wrong is named. */
class LinkCodecTest {
    private static final int RUNS = 500;

    private final LinkCodec codec = new LinkCodec(CodecLimits.DEFAULT);

    @Test
    void whatAnAgentSaysArrivesUnchanged() {
        var records = new RandomRecords(Seed.random("link from agent"));
        for (int run = 0; run < RUNS; run++) {
            var said = records.fromAgent();
            assertThat(codec.fromAgent(codec.encode(said))).isEqualTo(new Decoded.Ok<>(said));
        }
    }

    @Test
    void whatAMasterSaysArrivesUnchanged() {
        var records = new RandomRecords(Seed.random("link from master"));
        for (int run = 0; run < RUNS; run++) {
            var said = records.fromMaster();
            assertThat(codec.fromMaster(codec.encode(said))).isEqualTo(new Decoded.Ok<>(said));
        }
    }

    @Test
    void theDataOfAStatusArrivesAndNoDataStaysNone() {
        var records = new RandomRecords(Seed.random("status data"));
        var with = status(records, new byte[] {1, 2, 3});
        var empty = status(records, new byte[0]);
        var none = status(records, null);

        assertThat(dataOf(with)).isEqualTo(new byte[] {1, 2, 3});
        assertThat(dataOf(empty)).isEmpty();
        assertThat(dataOf(none)).isNull();
    }

    @Test
    void whatFrameworksAndExecutorsSayToEachOtherArrives() {
        var records = new RandomRecords(Seed.random("executor messages"));
        var said = new LinkMessage.ExecutorSaid(new FrameworkId("f"), new ExecutorId("e"), new byte[] {1, 2});
        var told = new LinkMessage.TellExecutor(
                records.fence(), new FrameworkId("f"), new ExecutorId("e"), new byte[] {3});

        assertThat(ok(codec.fromAgent(codec.encode(said))))
                .usingRecursiveComparison()
                .isEqualTo(said);
        assertThat(ok(codec.fromMaster(codec.encode(told))))
                .usingRecursiveComparison()
                .isEqualTo(told);
    }

    @Test
    void whatCannotBeLentIsNotRead() {
        var said = new LinkMessage.Oversubscribed(Resources.parse("cpus{REV}:2;mem:512"));

        assertThat(codec.fromAgent(codec.encode(said)))
                .asString()
                .contains("oversubscribed.total")
                .contains("is not revocable");
    }

    private static LinkMessage.Statuses status(RandomRecords records, byte @Nullable [] data) {
        return new LinkMessage.Statuses(List.of(new LinkMessage.Statuses.Status(
                new FrameworkId("f"), records.position(), records.status(), TaskState.TASK_RUNNING, data)));
    }

    private byte @Nullable [] dataOf(LinkMessage.Statuses said) {
        var arrived = (LinkMessage.Statuses) ok(codec.fromAgent(codec.encode(said)));
        return arrived.updates().getFirst().data();
    }

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<T>) decoded).value();
    }

    @Test
    void aMessageOfAKindThatThisVersionDoesNotKnowIsRefused() {
        var frame = new byte[] {(byte) 0xFA, 0x3E, 0};

        assertThat(problems(codec.fromAgent(frame))).anyMatch(text -> text.contains("does not know"));
        assertThat(problems(codec.fromMaster(frame))).anyMatch(text -> text.contains("does not know"));
    }

    @Test
    void everythingThatIsMissingIsNamed() {
        var launch = FromMaster.newBuilder();
        launch.getLaunchBuilder();

        assertThat(problems(codec.fromMaster(launch.build().toByteArray())))
                .containsExactly(
                        "fence: is required and missing",
                        "launch.key: is required and missing",
                        "launch.launched_at: is required and missing",
                        "launch.framework: is required and missing",
                        "launch.task_info: is required and missing");
    }

    @Test
    void aVerdictOrStateThatThisVersionDoesNotKnowIsRefused() {
        var order = FromAgent.newBuilder();
        order.getRefusedOrderBuilder().setVerdict(RefusedOrder.Verdict.UNKNOWN);
        var tasks = FromAgent.newBuilder();
        tasks.getTasksBuilder().addTasksBuilder().setState(99);

        assertThat(problems(codec.fromAgent(order.build().toByteArray())))
                .contains("refused_order.verdict: is one that this version does not know");
        assertThat(problems(codec.fromAgent(tasks.build().toByteArray())))
                .contains("tasks.tasks[0].state: is state number 99, which this version does not know");
    }

    @Test
    void anEmptyUuidIsRefused() {
        var acknowledge = FromMaster.newBuilder();
        acknowledge.getAcknowledgeStatusBuilder();

        assertThat(problems(codec.fromMaster(acknowledge.build().toByteArray())))
                .contains("acknowledge_status.uuid: has 0 bytes, a uuid has 16");
    }

    @Test
    void randomBytesAreReadOrRefusedButNeverThrow() {
        var random = Seed.random("random link frames");
        var records = new RandomRecords(random);
        for (int run = 0; run < RUNS; run++) {
            var frame = codec.encode(records.fromMaster());
            frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            assertThat(codec.fromMaster(frame)).isNotNull();
            assertThat(codec.fromAgent(frame)).isNotNull();
        }
    }

    private static List<String> problems(Decoded<?> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused<?>) decoded).problems();
    }
}
