package org.mesolith.leader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.LinkMessage.FromMaster;
import org.mesolith.api.TaskDigest;
import org.mesolith.base.Check;
import org.mesolith.leader.event.LinkId;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** An agent as a test plays it: it does nothing by itself. */
final class TestAgent {
    private final Bed bed;
    private final AgentInfo info;
    private @Nullable AgentId id;
    private LinkId link;

    TestAgent(Bed bed, AgentInfo info) {
        this.bed = bed;
        this.info = info;
        this.link = bed.newLink();
    }

    /** Joins over a new link with no tasks. */
    List<FromMaster> join(AgentTask... tasks) {
        link = bed.newLink();
        bed.say(link, new LinkMessage.Join(id, info, null, TaskDigest.of(List.of(tasks)), tasks.length));
        var answer = bed.messages(link);
        for (var message : answer) {
            if (message instanceof LinkMessage.Welcome welcome) {
                id = welcome.id();
            }
        }
        return answer;
    }

    /** Joins again, without tasks, as one that runs this software. */
    void rejoin(LinkMessage.Software software) {
        link = bed.newLink();
        long nothing = TaskDigest.of(List.of());
        bed.say(link, new LinkMessage.Join(id, info, null, nothing, 0, Resources.EMPTY, software));
        bed.messages(link);
    }

    /** Joins under an id that another agent had. */
    List<FromMaster> rejoin(AgentId known) {
        id = known;
        return join();
    }

    void beat() {
        bed.say(link, new LinkMessage.AgentHeartbeat());
    }

    /** Heartbeats for so many seconds. */
    void live(int seconds) {
        for (int second = 0; second < seconds; second++) {
            bed.advance(java.time.Duration.ofSeconds(1));
            beat();
        }
    }

    void say(LinkMessage.FromAgent message) {
        bed.say(link, message);
    }

    void cut() {
        bed.lose(link);
    }

    AgentId id() {
        return Check.present(id, "id of a welcomed agent");
    }

    LinkId link() {
        return link;
    }

    <M extends FromMaster> List<M> heard(Class<M> kind) {
        return bed.messages(link, kind);
    }

    /** The launch orders since the last look. */
    List<LinkMessage.Launch> launches() {
        return heard(LinkMessage.Launch.class);
    }

    /** Reports a state of a task; returns its uuid. */
    Uuid report(LinkMessage.Launch launch, TaskState state, int number) {
        return report(launch.key().framework(), launch.key().task(), launch.launchedAt(), state, number, null);
    }

    Uuid report(
            FrameworkId framework,
            TaskId task,
            Position launchedAt,
            TaskState state,
            int number,
            byte @Nullable [] data) {
        var uuid = new Uuid(99, number);
        bed.say(
                link,
                new LinkMessage.Statuses(List.of(new LinkMessage.Statuses.Status(
                        framework, launchedAt, status(task, state, uuid), state, data))));
        bed.advance(java.time.Duration.ofMillis(5));
        return uuid;
    }

    LinkMessage.Statuses statuses(
            FrameworkId framework, TaskId task, Position launchedAt, TaskState state, int number) {
        return new LinkMessage.Statuses(List.of(new LinkMessage.Statuses.Status(
                framework, launchedAt, status(task, state, new Uuid(99, number)), state, null)));
    }

    /** An update that is behind the task's latest state. */
    LinkMessage.Statuses.Status status(LinkMessage.Launch launch, TaskState state, TaskState latest, int number) {
        return new LinkMessage.Statuses.Status(
                launch.key().framework(),
                launch.launchedAt(),
                status(launch.key().task(), state, new Uuid(99, number)),
                latest,
                null);
    }

    private TaskStatus status(TaskId task, TaskState state, Uuid uuid) {
        return new TaskStatus(
                task,
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                Instant.EPOCH,
                uuid,
                id,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
    }

    static AgentTask task(LinkMessage.Launch launch, TaskState state) {
        return new AgentTask(launch.key(), launch.launchedAt(), state, null);
    }

    static List<AgentTask> tasks(AgentTask... tasks) {
        return new ArrayList<>(List.of(tasks));
    }
}
