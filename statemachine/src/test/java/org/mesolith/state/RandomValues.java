package org.mesolith.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.Disk;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Label;
import org.mesolith.model.Labels;
import org.mesolith.model.Opaque;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.model.Value;

/** Values of every shape, from one seed. */
public final class RandomValues {
    private static final List<String> TEXTS =
            List.of("", "a", "ads", "web/front", "Ünïcödé", "a b", "𝄞", "x".repeat(70));

    private final Random random;

    public RandomValues(Random random) {
        this.random = random;
    }

    public <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public boolean yes() {
        return random.nextBoolean();
    }

    /** True once in so many times. */
    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long number() {
        return random.nextLong();
    }

    public String text() {
        return one(TEXTS);
    }

    public <T> @Nullable T maybe(Supplier<T> value) {
        return yes() ? value.get() : null;
    }

    public <T> List<T> some(Supplier<T> value) {
        var values = new ArrayList<T>();
        for (int i = below(4); i > 0; i--) {
            values.add(value.get());
        }
        return values;
    }

    public Instant time() {
        return Instant.ofEpochSecond(below(2_000_000_000) - 1_000_000L, below(1_000_000_000));
    }

    public Duration span() {
        return Duration.ofSeconds(below(1_000_000), below(1_000_000_000));
    }

    public Uuid uuid() {
        return new Uuid(number() | 1, number());
    }

    public Opaque opaque(String schema) {
        var bytes = new byte[below(40)];
        random.nextBytes(bytes);
        return new Opaque(schema, bytes);
    }

    private Labels labels() {
        return new Labels(some(() -> new Label(text(), maybe(this::text))));
    }

    private Disk disk() {
        var source = new Disk.Source(
                one(List.of(Disk.SourceType.values())),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                labels());
        var mode = one(List.of(Disk.Mode.values()));
        return new Disk(
                yes() ? source : null,
                maybe(() -> new Disk.Persistence("id" + below(100), maybe(this::text))),
                maybe(() -> new Disk.Volume(text(), mode, maybe(this::text))));
    }

    private ResourceKind kind(String name) {
        var reservations = some(() ->
                new Reservation(one(List.of(Reservation.Type.values())), "r" + below(9), maybe(this::text), labels()));
        return new ResourceKind(
                name,
                reservations,
                name.equals("disk") ? maybe(this::disk) : null,
                yes(),
                yes(),
                maybe(this::text),
                maybe(this::text));
    }

    private Value value(String name) {
        return switch (name) {
            case "ports" -> Ranges.of(below(100), 100 + below(100), 300, 300 + below(9));
            case "zones" -> new Value.Items(List.of("a", "b" + below(9)));
            default -> new Value.Scalar(1 + below(10_000));
        };
    }

    private Resource resource() {
        var name = one(List.of("cpus", "mem", "disk", "ports", "zones", "gpus"));
        var kind = yes() ? ResourceKind.plain(name) : kind(name);
        return new Resource(kind, value(name), kind.shared() ? 1 + below(3) : 1);
    }

    public Resources resources() {
        return Resources.of(some(this::resource));
    }

    private Attribute attribute() {
        return new Attribute(
                text(),
                switch (below(3)) {
                    case 0 -> new Value.Text(text());
                    case 1 -> new Value.Scalar(below(5_000));
                    default -> Ranges.of(1, 2 + below(5));
                });
    }

    public AgentInfo agentInfo(String host, Resources resources) {
        return new AgentInfo(
                host,
                below(65_536),
                resources,
                some(this::attribute),
                maybe(() -> new FaultDomain(text(), text())),
                some(() -> one(List.of(AgentCapability.values()))),
                text());
    }

    public FrameworkInfo frameworkInfo() {
        return new FrameworkInfo(
                maybe(() -> new FrameworkId("given")),
                "root",
                text(),
                some(this::text),
                some(() -> one(List.of(FrameworkCapability.values()))),
                span(),
                true,
                "alice",
                maybe(this::text),
                opaque("mesos.v1.FrameworkInfo"));
    }

    public TaskStatus status(TaskId task, TaskState state, @Nullable Uuid uuid) {
        return new TaskStatus(
                task,
                state,
                one(List.of(StatusSource.values())),
                maybe(() -> one(List.of(StatusReason.values()))),
                text(),
                time(),
                uuid,
                maybe(() -> new AgentId("a" + below(9))),
                maybe(() -> new ExecutorId("e" + below(9))),
                maybe(this::yes),
                yes() ? Opaque.empty(TaskStatus.SCHEMA) : opaque(TaskStatus.SCHEMA));
    }
}
