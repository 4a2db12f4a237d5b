package org.mesolith.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;

/** Orders of a master to launch tasks under the executor {@code e1} of the framework {@code f1}. */
final class Launches {
    static final FrameworkId FRAMEWORK = new FrameworkId("f1");
    static final ExecutorId EXECUTOR = new ExecutorId("e1");
    static final Fence FENCE = new Fence("cluster", 1, 99, 1);

    /** User "nobody" (1) and name "f" (2). */
    private static final Opaque INFO =
            new Opaque("mesos.v1.FrameworkInfo", new byte[] {10, 6, 'n', 'o', 'b', 'o', 'd', 'y', 18, 1, 'f'});

    private static final String EXECUTOR_INFO = "{'type':'CUSTOM','executor_id':{'value':'e1'},"
            + "'shutdown_grace_period':{'nanoseconds':5000000000},'command':{'value':'./executor'},"
            + "'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':0.1}},"
            + "{'name':'mem','type':'SCALAR','scalar':{'value':32}},"
            + "{'name':'disk','type':'SCALAR','scalar':{'value':10}}]}";

    private Launches() {}

    private static String task(String name, String executor) {
        return "{'name':'" + name + "','task_id':{'value':'" + name + "'},'agent_id':{'value':'a1'}" + executor
                + ",'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}}]}";
    }

    private static OfferOperation operation(String json) {
        return operation(Bodies.bytes(
                Bodies.tree("{'type':'ACCEPT','framework_id':{'value':'f1'},'accept':{'operations':[" + json + "]}}")));
    }

    private static OfferOperation operation(byte[] call) {
        return switch (new SchedulerCodec(CodecLimits.DEFAULT).decode(Encoding.JSON, call)) {
            case Decoded.Ok<SchedulerRequest>(var request)
            when request.call() instanceof SchedulerCall.Accept accept ->
                accept.operations().getFirst();
            case Decoded<SchedulerRequest> other -> throw new IllegalStateException("not read: " + other);
        };
    }

    /** The order that follows from the first operation of an ACCEPT, whatever is wrong with its tasks. */
    static LinkMessage.FromMaster of(JsonNode accept) {
        var at = new Position(1, 0);
        return switch (operation(Bodies.bytes(accept))) {
            case OfferOperation.Launch launch -> {
                var task = launch.tasks().getFirst();
                var executor = task.executor();
                yield new LinkMessage.Launch(
                        FENCE,
                        new TaskKey(FRAMEWORK, task.task()),
                        at,
                        "nobody",
                        task.resources(),
                        INFO,
                        task.taskInfo(),
                        executor == null ? null : new LinkMessage.Launch.Under(executor.id(), at));
            }
            case OfferOperation.LaunchGroup group ->
                new LinkMessage.LaunchGroup(
                        FENCE,
                        FRAMEWORK,
                        at,
                        1,
                        "nobody",
                        INFO,
                        new LinkMessage.Launch.Under(group.executor().id(), at),
                        members(group.tasks()));
            case OfferOperation other -> throw new IllegalStateException("no launch: " + other);
        };
    }

    /** One task; {@code at} tells its runs apart. */
    static LinkMessage.Launch one(String name, int at) {
        var read = operation(
                "{'type':'LAUNCH','launch':{'task_infos':[" + task(name, ",'executor':" + EXECUTOR_INFO) + "]}}");
        if (!(read instanceof OfferOperation.Launch launch)) {
            throw new IllegalStateException("no launch: " + read);
        }
        var task = launch.tasks().getFirst();
        return new LinkMessage.Launch(
                FENCE,
                new TaskKey(FRAMEWORK, task.task()),
                new Position(at, 0),
                "nobody",
                Resources.EMPTY,
                INFO,
                task.taskInfo(),
                new LinkMessage.Launch.Under(EXECUTOR, new Position(1, 0)));
    }

    /** Two tasks that share their fate. */
    static LinkMessage.LaunchGroup group(String first, String second) {
        var read = operation("{'type':'LAUNCH_GROUP','launch_group':{'executor':" + EXECUTOR_INFO
                + ",'task_group':{'tasks':[" + task(first, "") + "," + task(second, "") + "]}}}");
        if (!(read instanceof OfferOperation.LaunchGroup group)) {
            throw new IllegalStateException("no launch: " + read);
        }
        return new LinkMessage.LaunchGroup(
                FENCE,
                FRAMEWORK,
                new Position(1, 0),
                1,
                "nobody",
                INFO,
                new LinkMessage.Launch.Under(EXECUTOR, new Position(1, 0)),
                members(group.tasks()));
    }

    private static List<LinkMessage.LaunchGroup.Member> members(List<TaskLaunch> tasks) {
        return tasks.stream()
                .map(task -> new LinkMessage.LaunchGroup.Member(task.task(), task.resources(), task.taskInfo()))
                .toList();
    }
}
