package org.mesolith.agent.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentRecord;
import org.mesolith.agent.core.KillOrder;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskLifecycle;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/** The bytes of records. Each begins with its kind and version; fields are added at the end, under a new version. */
final class RecordFormat {
    private static final int IDENTITY = 0x4901;
    private static final int ORDER = 0x4f01;

    /** With an executor behind it; written only for executors and tasks under them. */
    private static final int ORDER_HOSTED = 0x4f02;

    /** With a group behind that; written only for tasks of groups. */
    private static final int ORDER_GROUPED = 0x4f03;

    /** Runs that were written together. */
    private static final int TOGETHER = 0x4701;

    private static final int PROGRESS = 0x5001;

    /**
     * With what checks told behind it; written only when there is something to tell, so that older agents read the
     * rest.
     */
    private static final int PROGRESS_WATCHED = 0x5002;

    /** With what executors said behind that; written only when one said something. */
    private static final int PROGRESS_SAID = 0x5003;

    /** The part of a run that never changes. */
    record Order(RunId id, Uuid container, RunRecord.Order order) {}

    private RecordFormat() {}

    static byte[] identity(AgentRecord identity) {
        return bytes(IDENTITY, out -> {
            var id = identity.id();
            optional(out, id == null ? null : id.value());
            var fence = identity.newest();
            out.writeBoolean(fence != null);
            if (fence != null) {
                text(out, fence.clusterId());
                out.writeLong(fence.epoch());
                out.writeLong(fence.epochId());
                out.writeLong(fence.term());
            }
        });
    }

    static AgentRecord identity(byte[] bytes) throws IOException {
        var in = open(bytes, IDENTITY);
        var id = optional(in);
        var fence = in.readBoolean() ? new Fence(text(in), in.readLong(), in.readLong(), in.readLong()) : null;
        return new AgentRecord(id == null ? null : new AgentId(id), fence);
    }

    static byte[] order(RunRecord run) {
        var under = run.order().under();
        boolean hosted = run.id().executor() || under != null;
        var group = under == null ? null : under.group();
        return bytes(group != null ? ORDER_GROUPED : hosted ? ORDER_HOSTED : ORDER, out -> {
            text(out, run.id().key().framework().value());
            text(out, run.id().key().task().value());
            out.writeLong(run.id().launchedAt().index());
            out.writeInt(run.id().launchedAt().ordinal());
            out.write(run.container().bytes());
            text(out, run.order().agent().value());
            text(out, run.order().user());
            opaque(out, run.order().framework());
            opaque(out, run.order().taskInfo());
            time(out, run.order().at());
            if (hosted) {
                out.writeBoolean(run.id().executor());
                if (under != null) {
                    text(out, under.executor().key().task().value());
                    out.writeLong(under.executor().launchedAt().index());
                    out.writeInt(under.executor().launchedAt().ordinal());
                    out.write(under.container().bytes());
                }
            }
            if (group != null) {
                out.writeInt(group.number());
                out.writeBoolean(group.builtIn());
            }
        });
    }

    static Order order(byte[] bytes) throws IOException {
        boolean grouped = kind(bytes) == ORDER_GROUPED;
        boolean hosted = grouped || kind(bytes) == ORDER_HOSTED;
        var in = open(bytes, grouped ? ORDER_GROUPED : hosted ? ORDER_HOSTED : ORDER);
        var key = new TaskKey(new FrameworkId(text(in)), new TaskId(text(in)));
        var id = new RunId(key, new Position(in.readLong(), in.readInt()));
        var container = Uuid.of(in.readNBytes(Uuid.BYTES));
        var order = new RunRecord.Order(new AgentId(text(in)), text(in), opaque(in), opaque(in), time(in));
        if (!hosted) {
            return new Order(id, container, order);
        }
        if (in.readBoolean()) {
            return new Order(new RunId(key, id.launchedAt(), true), container, order);
        }
        var executor =
                RunId.ofExecutor(key.framework(), new ExecutorId(text(in)), new Position(in.readLong(), in.readInt()));
        var at = Uuid.of(in.readNBytes(Uuid.BYTES));
        var group = grouped ? new RunRecord.Group(in.readInt(), in.readBoolean()) : null;
        var under = new RunRecord.Under(executor, at, group);
        return new Order(
                id,
                container,
                new RunRecord.Order(
                        order.agent(), order.user(), order.framework(), order.taskInfo(), order.at(), under));
    }

    /** What a file of runs that were written together begins with: how many there are. */
    static byte[] together(int runs) {
        return bytes(TOGETHER, out -> out.writeInt(runs));
    }

    static int together(byte[] bytes) throws IOException {
        return open(bytes, TOGETHER).readInt();
    }

    static byte[] progress(RunRecord.Progress progress) {
        boolean said = progress.updates().stream().anyMatch(update -> update.said() != null);
        boolean watched = said || isWatched(progress);
        return bytes(said ? PROGRESS_SAID : watched ? PROGRESS_WATCHED : PROGRESS, out -> {
            text(out, progress.phase().name());
            out.writeBoolean(progress.wanted());
            out.writeInt(progress.acknowledged());
            var process = progress.process();
            out.writeBoolean(process != null);
            if (process != null) {
                out.writeLong(process.pid());
                out.writeLong(process.startTicks());
                text(out, process.bootId());
            }
            var kill = progress.kill();
            out.writeBoolean(kill != null);
            if (kill != null) {
                time(out, kill.at());
                out.writeLong(kill.grace().toNanos());
                text(out, kill.cause().name());
            }
            out.writeInt(progress.updates().size());
            for (var update : progress.updates()) {
                out.writeInt(update.state().number());
                out.writeInt(update.source().number());
                var reason = update.reason();
                out.writeInt(reason == null ? -1 : reason.number());
                text(out, update.message());
                time(out, update.at());
            }
            if (watched) {
                WatchedFormat.write(out, progress);
            }
            if (said) {
                for (var update : progress.updates()) {
                    said(out, update.said());
                }
            }
        });
    }

    private static boolean isWatched(RunRecord.Progress progress) {
        return progress.dropped() > 0
                || !progress.watched().equals(RunRecord.Watched.NOTHING)
                || progress.updates().stream().anyMatch(update -> update.healthy() != null || update.check() != null);
    }

    static RunRecord.Progress progress(byte[] bytes) throws IOException {
        boolean said = kind(bytes) == PROGRESS_SAID;
        boolean watched = said || kind(bytes) == PROGRESS_WATCHED;
        var in = open(bytes, said ? PROGRESS_SAID : watched ? PROGRESS_WATCHED : PROGRESS);
        var phase = TaskLifecycle.Phase.valueOf(text(in));
        boolean wanted = in.readBoolean();
        int acknowledged = in.readInt();
        var process = in.readBoolean() ? new ProcessMark(in.readLong(), in.readLong(), text(in)) : null;
        var kill = in.readBoolean()
                ? new KillOrder(time(in), Duration.ofNanos(in.readLong()), KillOrder.Cause.valueOf(text(in)))
                : null;
        var updates = new ArrayList<RunRecord.Update>();
        for (int left = in.readInt(); left > 0; left--) {
            updates.add(update(in));
        }
        var plain = new RunRecord.Progress(phase, process, kill, wanted, updates, acknowledged);
        var whole = watched ? WatchedFormat.read(in, plain) : plain;
        return said ? said(in, whole) : whole;
    }

    private static void said(DataOutputStream out, RunRecord.@Nullable Said said) throws IOException {
        out.writeBoolean(said != null);
        if (said != null) {
            out.write(said.uuid().bytes());
            opaque(out, said.rest());
            var data = said.data();
            out.writeBoolean(data != null);
            if (data != null) {
                block(out, data);
            }
        }
    }

    private static RunRecord.Progress said(DataInputStream in, RunRecord.Progress from) throws IOException {
        var updates = new ArrayList<RunRecord.Update>();
        for (var update : from.updates()) {
            updates.add(
                    in.readBoolean()
                            ? update.saying(new RunRecord.Said(
                                    Uuid.of(in.readNBytes(Uuid.BYTES)),
                                    opaque(in),
                                    in.readBoolean() ? block(in) : null))
                            : update);
        }
        return new RunRecord.Progress(
                from.phase(),
                from.process(),
                from.kill(),
                from.wanted(),
                updates,
                from.acknowledged(),
                from.dropped(),
                from.watched());
    }

    private static int kind(byte[] bytes) {
        return bytes.length < 2 ? -1 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    }

    private static RunRecord.Update update(DataInputStream in) throws IOException {
        var state = TaskState.of(in.readInt());
        var source = StatusSource.of(in.readInt());
        int reason = in.readInt();
        if (state == null || source == null) {
            throw new IOException("an update of a state or source that this version does not know");
        }
        return new RunRecord.Update(state, source, reason < 0 ? null : StatusReason.of(reason), text(in), time(in));
    }

    /** Writes fields. */
    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(int kind, Writer writer) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeShort(kind);
            writer.write(out);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream open(byte[] bytes, int kind) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        int found = in.readUnsignedShort();
        if (found != kind) {
            throw new IOException("a record of kind " + Integer.toHexString(found) + " where "
                    + Integer.toHexString(kind) + " is expected");
        }
        return in;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        block(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(block(in), StandardCharsets.UTF_8);
    }

    private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(out, text);
        }
    }

    private static @Nullable String optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? text(in) : null;
    }

    private static void opaque(DataOutputStream out, Opaque opaque) throws IOException {
        text(out, opaque.schema());
        block(out, opaque.bytes());
    }

    private static Opaque opaque(DataInputStream in) throws IOException {
        return new Opaque(text(in), block(in));
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] block(DataInputStream in) throws IOException {
        int length = in.readInt();
        var bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("a field of " + length + " bytes where " + bytes.length + " are left");
        }
        return bytes;
    }

    private static void time(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant time(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        try {
            return Instant.ofEpochSecond(seconds, in.readInt());
        } catch (DateTimeException | ArithmeticException outside) {
            throw new IOException("a time " + seconds + " s from 1970, which is none", outside);
        }
    }
}
