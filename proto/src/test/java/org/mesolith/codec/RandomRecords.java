package org.mesolith.codec;

import com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.codec.body.RandomMessages;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.Disk;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Label;
import org.mesolith.model.Labels;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.OperationStatus;
import org.mesolith.model.Position;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.model.Value;

/** Random values of our own records. */
final class RandomRecords {
    private static final List<String> ROLES = List.of("ads", "ads/web", "ads/web/eu");

    private final Random random;
    private final RandomMessages messages;

    RandomRecords(Random random) {
        this.random = random;
        this.messages = new RandomMessages(random);
    }

    String text() {
        return messages.string();
    }

    String id() {
        return "id-" + random.nextInt(1_000_000);
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<T> several(Supplier<T> one) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> one.get()).toList();
    }

    byte[] bytes() {
        var bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        return bytes;
    }

    Duration duration() {
        return Duration.ofMillis(random.nextInt(10_000_000));
    }

    /** To the microsecond: the public interface carries no more. */
    Instant instant() {
        return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000), random.nextInt(1_000_000) * 1_000L);
    }

    Uuid uuid() {
        return new Uuid(random.nextLong(), random.nextLong());
    }

    Fence fence() {
        return new Fence(id(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    Position position() {
        return new Position(random.nextLong(), random.nextInt());
    }

    TaskKey key() {
        return new TaskKey(new FrameworkId(id()), new TaskId(id()));
    }

    Opaque opaque() {
        return new Opaque(id(), bytes());
    }

    FaultDomain domain() {
        return new FaultDomain(text(), text());
    }

    // ---- resources

    Resources resources() {
        var list = new ArrayList<Resource>();
        for (int i = random.nextInt(6); i > 0; i--) {
            list.add(resource());
        }
        return Resources.of(list);
    }

    private Resource resource() {
        return switch (random.nextInt(5)) {
            case 0 -> Resource.of(kind("ports"), Ranges.of(random.nextInt(100), 100L + random.nextInt(100), 500, 600));
            case 1 -> Resource.of(kind("colours"), new Value.Items(List.of("red", "green-" + random.nextInt(3))));
            case 2 -> disk();
            default -> Resource.of(kind(random.nextBoolean() ? "cpus" : "mem"), scalar());
        };
    }

    private Value scalar() {
        return new Value.Scalar(1 + random.nextInt(100_000_000));
    }

    private ResourceKind kind(String name) {
        var kind = ResourceKind.plain(name).withReservations(stack(random.nextInt(4)));
        if (random.nextInt(3) == 0) {
            kind = kind.allocatedTo(oneOf(ROLES));
        }
        return random.nextInt(4) == 0 && !kind.isDynamicallyReserved() ? kind.withRevocable(true) : kind;
    }

    /** So many layers, each below the one before; only the first may be static. */
    private List<Reservation> stack(int layers) {
        var stack = new ArrayList<Reservation>();
        for (int i = 0; i < layers; i++) {
            stack.add(i == 0 && random.nextBoolean() ? Reservation.fixed(ROLES.get(i)) : dynamic(ROLES.get(i)));
        }
        return stack;
    }

    private Reservation dynamic(String role) {
        var labels = random.nextBoolean()
                ? Labels.NONE
                : new Labels(List.of(new Label("k", maybe(this::id)), new Label("k", "v")));
        return new Reservation(Reservation.Type.DYNAMIC, role, maybe(this::id), labels);
    }

    private Resource disk() {
        var source = maybe(() -> new Disk.Source(
                Disk.SourceType.MOUNT, maybe(() -> "/d" + id()), maybe(this::id), maybe(this::id), null, Labels.NONE));
        var volume = new Disk(
                source,
                new Disk.Persistence(id(), maybe(this::id)),
                new Disk.Volume("data", random.nextBoolean() ? Disk.Mode.RW : Disk.Mode.RO, null));
        var kind = ResourceKind.plain("disk")
                .withReservations(List.of(dynamic("ads")))
                .withDisk(volume)
                .withShared(random.nextBoolean());
        return new Resource(kind, scalar(), kind.shared() ? 1 + random.nextInt(3) : 1);
    }

    // ---- statuses and offers

    /** A status with whatever its rest can hold. */
    TaskStatus status() {
        var rest = org.mesolith.proto.gen.v1.TaskStatus.newBuilder()
                .mergeFrom(messages.of(org.mesolith.proto.gen.v1.TaskStatus.getDefaultInstance()))
                .clearTaskId()
                .clearState()
                .clearSource()
                .clearReason()
                .clearMessage()
                .clearTimestamp()
                .clearUuid()
                .clearAgentId()
                .clearExecutorId()
                .clearHealthy()
                .clearData()
                .buildPartial();
        return new TaskStatus(
                new TaskId(id()),
                oneOf(List.of(TaskState.values())),
                oneOf(List.of(StatusSource.values())),
                maybe(() -> oneOf(List.of(StatusReason.values()))),
                text(),
                instant(),
                maybe(this::uuid),
                maybe(() -> new AgentId(id())),
                maybe(() -> new ExecutorId(id())),
                maybe(random::nextBoolean),
                new Opaque(TaskStatus.SCHEMA, rest.toByteArray()));
    }

    List<Attribute> attributes() {
        return several(() -> new Attribute(
                id(),
                switch (random.nextInt(3)) {
                    case 0 -> new Value.Scalar(random.nextInt(100_000));
                    case 1 -> Ranges.of(1, 5, 10, 20);
                    default -> new Value.Text(text());
                }));
    }

    Offer offer() {
        return new Offer(
                new OfferId(id()),
                new FrameworkId(id()),
                new AgentId(id()),
                oneOf(ROLES),
                resources(),
                text(),
                random.nextBoolean() ? "" : "10.1.2.3",
                random.nextInt(65_536),
                attributes(),
                maybe(this::domain),
                several(() -> new ExecutorId(id())));
    }

    SchedulerEvent event() {
        return switch (random.nextInt(9)) {
            case 0 ->
                new SchedulerEvent.Subscribed(
                        new FrameworkId(id()),
                        duration(),
                        new MasterInfo(id(), "10.1.2.3", 5050, text(), "1.11.0", maybe(this::domain)));
            case 1 -> new SchedulerEvent.Offers(several(this::offer));
            case 2 -> new SchedulerEvent.Rescind(new OfferId(id()));
            case 3 -> new SchedulerEvent.Update(status(), null);
            case 4 ->
                new SchedulerEvent.Failure(
                        maybe(() -> new AgentId(id())), maybe(() -> new ExecutorId(id())), maybe(random::nextInt));
            case 5 -> new SchedulerEvent.Failed(text());
            case 6 ->
                new SchedulerEvent.OperationUpdate(new OperationStatus(
                        new OperationId(id()),
                        oneOf(List.of(OperationState.values())),
                        text(),
                        maybe(this::uuid),
                        maybe(() -> new AgentId(id()))));
            default -> new SchedulerEvent.Heartbeat();
        };
    }

    // ---- the link

    AgentInfo agentInfo() {
        return new AgentInfo(
                text(),
                random.nextInt(65_536),
                resources(),
                attributes(),
                maybe(this::domain),
                several(() -> oneOf(List.of(AgentCapability.values()))),
                "1.11.0");
    }

    LinkMessage.FromAgent fromAgent() {
        return switch (random.nextInt(9)) {
            case 8 -> new LinkMessage.Oversubscribed(lent());
            case 6 -> new LinkMessage.Executors(several(this::executorRun));
            case 7 -> new LinkMessage.ExecutorEnded(executorRun(), random.nextInt(), text());
            case 0 ->
                new LinkMessage.Join(
                        maybe(() -> new AgentId(id())),
                        agentInfo(),
                        maybe(this::fence),
                        random.nextLong(),
                        random.nextInt(),
                        resources(),
                        new LinkMessage.Software(1 + random.nextInt(9), text()));
            case 1 ->
                new LinkMessage.Tasks(several(() -> new AgentTask(
                        key(),
                        position(),
                        oneOf(List.of(TaskState.values())),
                        maybe(this::uuid),
                        random.nextBoolean())));
            case 2 ->
                new LinkMessage.Statuses(several(() -> new LinkMessage.Statuses.Status(
                        new FrameworkId(id()), position(), status(), oneOf(List.of(TaskState.values())), null)));
            case 3 -> new LinkMessage.Leave();
            case 4 -> new LinkMessage.RefusedOrder(fence(), fence(), oneOf(List.of(Fence.Verdict.values())));
            default -> new LinkMessage.AgentHeartbeat(random.nextLong());
        };
    }

    private Resources lent() {
        return Resources.of(several(() -> Resource.of(
                ResourceKind.plain(oneOf(List.of("cpus", "mem", "disk"))).withRevocable(true),
                new Value.Scalar(1 + random.nextInt(5_000)))));
    }

    private LinkMessage.ExecutorRun executorRun() {
        return new LinkMessage.ExecutorRun(new FrameworkId(id()), new ExecutorId(id()), position());
    }

    LinkMessage.FromMaster fromMaster() {
        return switch (random.nextInt(16)) {
            case 15 ->
                new LinkMessage.LaunchGroup(
                        fence(),
                        new FrameworkId(id()),
                        position(),
                        1 + random.nextInt(9),
                        text(),
                        opaque(),
                        new LinkMessage.Launch.Under(new ExecutorId(id()), maybe(this::position)),
                        List.of(
                                new LinkMessage.LaunchGroup.Member(new TaskId(id()), resources(), opaque()),
                                new LinkMessage.LaunchGroup.Member(new TaskId(id()), resources(), opaque())));
            case 12 -> new LinkMessage.ShutdownExecutor(fence(), new FrameworkId(id()), new ExecutorId(id()));
            case 13 -> new LinkMessage.AcknowledgeExecutor(fence(), executorRun());
            case 14 ->
                new LinkMessage.Launch(
                        fence(),
                        key(),
                        position(),
                        text(),
                        resources(),
                        opaque(),
                        opaque(),
                        new LinkMessage.Launch.Under(new ExecutorId(id()), maybe(this::position)));
            case 9 -> new LinkMessage.SetReserved(fence(), resources());
            case 10 -> new LinkMessage.Drain(fence(), maybe(this::duration), random.nextBoolean());
            case 0 ->
                new LinkMessage.Welcome(
                        fence(), new AgentId(id()), duration(), List.of(id(), id()), 1 + random.nextInt(9));
            case 1 -> new LinkMessage.Refuse(fence(), text(), random.nextBoolean());
            case 2 -> new LinkMessage.SendTasks(fence());
            case 3 -> new LinkMessage.MasterHeartbeat(fence(), List.of(id()));
            case 4 -> new LinkMessage.Launch(fence(), key(), position(), text(), resources(), opaque(), opaque());
            case 5 -> new LinkMessage.Kill(fence(), key(), maybe(this::duration));
            case 6 -> new LinkMessage.AcknowledgeStatus(fence(), key(), uuid());
            case 7 -> new LinkMessage.ShutdownFramework(fence(), new FrameworkId(id()));
            case 8 ->
                new LinkMessage.CheckTasks(
                        fence(),
                        several(() -> new LinkMessage.CheckTasks.TaskRun(
                                new FrameworkId(id()), new TaskId(id()), position())));
            default -> new LinkMessage.GoingAway(fence());
        };
    }

    Message message(Message prototype) {
        return messages.of(prototype);
    }
}
