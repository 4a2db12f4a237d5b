package org.mesolith.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.api.AgentReply;
import org.mesolith.api.TaskView;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;

/** A snapshot as the v1 calls show it. Runs that were only asked for, and never launched here, are not shown. */
final class Views {
    private Views() {}

    static AgentReply.Tasks tasks(AgentSnapshot snapshot) {
        var launched = new ArrayList<TaskView>();
        var terminated = new ArrayList<TaskView>();
        for (var run : launchedHere(snapshot.live())) {
            (run.state().isTerminal() ? terminated : launched).add(task(run));
        }
        return new AgentReply.Tasks(
                launched,
                terminated,
                launchedHere(snapshot.completed()).stream().map(Views::task).toList());
    }

    static AgentReply.Executors executors(AgentSnapshot snapshot) {
        var live = new ArrayList<AgentReply.Executors.Executor>();
        var over = new ArrayList<AgentReply.Executors.Executor>();
        snapshot.executors().forEach(run -> (run.state().isTerminal() ? over : live).add(brought(run)));
        snapshot.endedExecutors().forEach(run -> over.add(brought(run)));
        commands(snapshot.live()).forEach(run -> (run.state().isTerminal() ? over : live).add(executor(run)));
        commands(snapshot.completed()).forEach(run -> over.add(executor(run)));
        return new AgentReply.Executors(live, over);
    }

    static AgentReply.Frameworks frameworks(AgentSnapshot snapshot) {
        var live = new TreeMap<FrameworkId, Opaque>();
        launchedHere(snapshot.live())
                .forEach(run -> live.put(
                        run.record().id().key().framework(),
                        run.record().order().framework()));
        var over = new TreeMap<FrameworkId, Opaque>();
        launchedHere(snapshot.completed())
                .forEach(run -> over.put(
                        run.record().id().key().framework(),
                        run.record().order().framework()));
        live.keySet().forEach(over::remove);
        return new AgentReply.Frameworks(List.copyOf(live.values()), List.copyOf(over.values()));
    }

    /** Those that have no executor of their framework's. */
    private static List<AgentSnapshot.Run> commands(List<AgentSnapshot.Run> runs) {
        return launchedHere(runs).stream()
                .filter(run -> run.record().order().under() == null)
                .toList();
    }

    private static AgentReply.Executors.Executor brought(AgentSnapshot.Run run) {
        var info = run.record().order().taskInfo();
        var id = run.record().id();
        return new AgentReply.Executors.Executor(
                SandboxPath.executor(id), id.key().framework(), ExecutorTasks.nameOf(info), info);
    }

    /** Without those that were only asked for. */
    static List<AgentSnapshot.Run> launchedHere(List<AgentSnapshot.Run> runs) {
        return runs.stream()
                .filter(run -> !run.record().order().taskInfo().isEmpty())
                .toList();
    }

    static TaskView task(AgentSnapshot.Run run) {
        var record = run.record();
        int forwarded = Math.min(
                record.progress().acknowledged() - record.progress().dropped(),
                run.statuses().size() - 1);
        TaskStatus last = forwarded < 0 ? null : run.statuses().get(forwarded);
        var under = record.order().under();
        return new TaskView(
                record.id().key(),
                ExecutorTasks.nameOfTask(record.order().taskInfo()),
                record.order().agent(),
                under == null ? null : SandboxPath.executor(under.executor()),
                run.state(),
                last == null ? null : last.state(),
                last == null ? null : last.uuid(),
                CommandTasks.resourcesOf(record.order().taskInfo()),
                run.statuses(),
                record.order().taskInfo());
    }

    private static AgentReply.Executors.Executor executor(AgentSnapshot.Run run) {
        var id = run.record().id();
        var task = id.key().task().value();
        return new AgentReply.Executors.Executor(
                SandboxPath.executor(id), id.key().framework(), "Command Executor (Task: " + task + ")");
    }
}
