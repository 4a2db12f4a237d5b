package org.mesolith.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.TaskKey;
import org.mesolith.state.RequestKey;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.TaskRun;
import org.mesolith.statecodec.RowCodec;

/**
 * Column families and keys of the store.
 *
 * <pre>
 * family     key                                                            value (rows.proto)
 * default    'a' agent id                                                   Agent
 *            'c' framework id                                               CompletedFramework
 *            'd' number:8                                                   DrainPlan
 *            'e' text(framework id) agent and executor id                   Executor
 *            'f' framework id                                               Framework
 *            'g' agent id                                                   GoneAgent
 *            'l' name and kind                                              Declaration
 *            'm' name of a single value                                     Cluster, Counters, Time, DigestNote,
 *                                                                           Maintenance, Membership, Journal,
 *                                                                           Applied
 *            'n' ReservationKey (rows.proto)                                ReservationNote
 *            'o' text(framework id) operation id                            Operation
 *            'q' role                                                       Quota
 *            'r' text(scope) key                                            Request
 *            'w' role                                                       Weight
 * tasks      text(framework id) task id                                     Task
 * completed  text(framework id) sequence:8                                  CompletedTask
 * details    text(framework id) text(task id) index:8 ordinal:4 number:4    TaskInfo (number 0), TaskStatus (from 1)
 * events     epoch:8 index:8 ordinal:4                                      EventBatch, by the place of its first event
 * audit      sequence:8                                                     Audit
 * </pre>
 *
 * text(x) is the length of x in two bytes and x in UTF-8; numbers are big-endian. The order of keys means nothing to
 * the registry: it sorts by itself. The last two families are made when the first row is written to them: a software
 * that
 * does not know them can still open a store without.
 */
final class Tables {
    /** Every family, in the order in which the store opens them. */
    static final List<String> FAMILIES = List.of("default", "tasks", "completed", "details");

    static final String EVENTS = "events";
    static final String AUDIT = "audit";

    static final byte AGENT = 'a';
    static final byte COMPLETED_FRAMEWORK = 'c';

    static final byte DRAIN_PLAN = 'd';

    /** Framework and key of an executor. */
    static final byte EXECUTOR = 'e';

    static final byte FRAMEWORK = 'f';
    static final byte GONE_AGENT = 'g';
    /** What declarations said, by name and kind. */
    static final byte DECLARATION = 'l';

    static final byte SINGLE = 'm';

    /** What is written down of reservations. */
    static final byte RESERVATION_NOTE = 'n';

    static final byte REQUEST = 'r';
    static final byte OPERATION = 'o';
    static final byte QUOTA = 'q';
    static final byte WEIGHT = 'w';

    static final byte[] CLUSTER = single("cluster");
    static final byte[] COUNTERS = single("counters");
    static final byte[] TIME = single("time");
    static final byte[] DIGEST_NOTE = single("digest-note");
    static final byte[] MAINTENANCE = single("maintenance");
    static final byte[] MEMBERSHIP = single("membership");
    static final byte[] JOURNAL = single("journal");
    static final byte[] APPLIED = single("applied");

    private Tables() {}

    private static byte[] single(String name) {
        return of(SINGLE, name);
    }

    /** A key of the default family. */
    static byte[] of(byte table, String id) {
        var bytes = utf8(id);
        return ByteBuffer.allocate(1 + bytes.length).put(table).put(bytes).array();
    }

    static byte[] agent(AgentId id) {
        return of(AGENT, id.value());
    }

    static byte[] goneAgent(AgentId id) {
        return of(GONE_AGENT, id.value());
    }

    static byte[] framework(FrameworkId id) {
        return of(FRAMEWORK, id.value());
    }

    static byte[] completedFramework(FrameworkId id) {
        return of(COMPLETED_FRAMEWORK, id.value());
    }

    static byte[] weight(String role) {
        return of(WEIGHT, role);
    }

    static byte[] quota(String role) {
        return of(QUOTA, role);
    }

    static byte[] operation(FrameworkId framework, OperationId id) {
        return named(OPERATION, framework.value(), id.value());
    }

    static byte[] executor(FrameworkId framework, AgentId agent, ExecutorId id) {
        return named(EXECUTOR, framework.value(), ExecutorRow.key(agent, id));
    }

    static byte[] drainPlan(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(DRAIN_PLAN)
                .putLong(number)
                .array();
    }

    static byte[] reservationNote(ReservationKey key) {
        var name = RowCodec.write(key);
        return ByteBuffer.allocate(1 + name.length)
                .put(RESERVATION_NOTE)
                .put(name)
                .array();
    }

    static byte[] declaration(String id) {
        return of(DECLARATION, id);
    }

    static byte[] request(RequestKey key) {
        return named(REQUEST, key.scope(), key.key());
    }

    private static byte[] named(byte table, String group, String id) {
        var scope = utf8(group);
        var name = utf8(id);
        var bytes = ByteBuffer.allocate(1 + Short.BYTES + scope.length + name.length);
        return bytes.put(table)
                .putShort((short) scope.length)
                .put(scope)
                .put(name)
                .array();
    }

    /** A key of the tasks family. */
    static byte[] task(TaskKey key) {
        var framework = utf8(key.framework().value());
        var task = utf8(key.task().value());
        return ByteBuffer.allocate(Short.BYTES + framework.length + task.length)
                .putShort((short) framework.length)
                .put(framework)
                .put(task)
                .array();
    }

    /** A key of the completed family. */
    static byte[] completedTask(FrameworkId id, long sequence) {
        var framework = utf8(id.value());
        return ByteBuffer.allocate(Short.BYTES + framework.length + Long.BYTES)
                .putShort((short) framework.length)
                .put(framework)
                .putLong(sequence)
                .array();
    }

    /** A key of the details family: what was launched. */
    static byte[] launched(TaskRun run) {
        return detail(run, 0);
    }

    /** A key of the details family: status number {@code number}, from 0. */
    static byte[] status(TaskRun run, int number) {
        return detail(run, number + 1);
    }

    private static byte[] detail(TaskRun run, int number) {
        var framework = utf8(run.key().framework().value());
        var task = utf8(run.key().task().value());
        int length = Short.BYTES + framework.length + Short.BYTES + task.length + Long.BYTES + 2 * Integer.BYTES;
        return ByteBuffer.allocate(length)
                .putShort((short) framework.length)
                .put(framework)
                .putShort((short) task.length)
                .put(task)
                .putLong(run.launchedAt().index())
                .putInt(run.launchedAt().ordinal())
                .putInt(number)
                .array();
    }

    /** A key of the events family. */
    static byte[] events(EventPlace place) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(place.epoch())
                .putLong(place.index())
                .putInt(place.ordinal())
                .array();
    }

    /** A key of the audit family. */
    static byte[] audit(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
