package org.mesolith.codec;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.proto.gen.v1.TaskStatus;
import org.mesolith.proto.gen.v1.executor.Call;

/** Executor calls out of protobuf; a call is good only if no error was added. */
final class ExecutorCallReader {
    private final ShapeErrors errors;

    ExecutorCallReader(ShapeErrors errors) {
        this.errors = errors;
    }

    @Nullable
    ExecutorRequest read(Call from) {
        if (!from.hasType()) {
            errors.add(Path.ROOT.field("type"), "is required: the name of a call of mesos.v1.executor.Call");
            return null;
        }
        var executor = new ExecutorId(from.getExecutorId().getValue());
        var call = call(from, executor);
        return call == null
                ? null
                : new ExecutorRequest(new FrameworkId(from.getFrameworkId().getValue()), executor, call);
    }

    private @Nullable ExecutorCall call(Call from, ExecutorId executor) {
        return switch (from.getType()) {
            case UNKNOWN -> new ExecutorCall.Unknown();
            case HEARTBEAT -> new ExecutorCall.Heartbeat();
            case SUBSCRIBE -> {
                need(from.hasSubscribe(), "subscribe");
                yield subscribe(from.getSubscribe(), executor);
            }
            case UPDATE -> {
                need(from.hasUpdate(), "update");
                yield from.hasUpdate()
                        ? update(
                                from.getUpdate().getStatus(),
                                executor,
                                Path.ROOT.field("update").field("status"))
                        : null;
            }
            case MESSAGE -> {
                need(from.hasMessage(), "message");
                yield new ExecutorCall.Message(from.getMessage().getData().toByteArray());
            }
        };
    }

    private ExecutorCall subscribe(Call.Subscribe from, ExecutorId executor) {
        var updates = new ArrayList<ExecutorCall.Update>();
        var at = Path.ROOT.field("subscribe").field("unacknowledged_updates");
        for (int i = 0; i < from.getUnacknowledgedUpdatesCount(); i++) {
            var update = update(
                    from.getUnacknowledgedUpdates(i).getStatus(),
                    executor,
                    at.index(i).field("status"));
            if (update != null) {
                updates.add(update);
            }
        }
        return new ExecutorCall.Subscribe(
                from.getUnacknowledgedTasksList().stream()
                        .map(task -> new TaskId(task.getTaskId().getValue()))
                        .toList(),
                updates);
    }

    private ExecutorCall.@Nullable Update update(TaskStatus from, ExecutorId executor, Path at) {
        if (!from.hasUuid()) {
            errors.addMissing(at.field("uuid"));
            return null;
        }
        if (from.hasExecutorId() && !from.getExecutorId().getValue().equals(executor.value())) {
            errors.add(
                    at.field("executor_id"),
                    "is " + from.getExecutorId().getValue() + ", must be that of the call, " + executor);
        }
        if (from.getSource() != TaskStatus.Source.SOURCE_EXECUTOR) {
            errors.add(at.field("source"), "must be SOURCE_EXECUTOR");
        }
        var status = StatusCodec.decode(from, at, errors);
        if (status.state() == TaskState.TASK_STAGING) {
            errors.add(at.field("state"), "must not be TASK_STAGING: that is for masters to say");
        }
        if (from.hasCheckStatus()) {
            var check = from.getCheckStatus();
            boolean fits = switch (check.getType()) {
                case COMMAND -> check.hasCommand() && !check.hasHttp() && !check.hasTcp();
                case HTTP -> check.hasHttp() && !check.hasCommand() && !check.hasTcp();
                case TCP -> check.hasTcp() && !check.hasCommand() && !check.hasHttp();
                case UNKNOWN -> false;
            };
            if (!fits) {
                errors.add(at.field("check_status"), "must have what its type names, and nothing else");
            }
        }
        return status.uuid() == null ? null : new ExecutorCall.Update(status, StatusCodec.data(from));
    }

    private void need(boolean given, String body) {
        if (!given) {
            errors.addMissing(Path.ROOT.field(body));
        }
    }
}
