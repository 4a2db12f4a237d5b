package org.mesolith.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.agent.core.TaskLifecycle;
import org.mesolith.api.TaskView;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.codec.legacy.AgentPage;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;

/** The agent as {@code /state} shows it: what old scripts and pages read. */
final class StatePage {
    private final AgentSnapshot snapshot;
    private final AgentFacts facts;

    /** What each framework has and had here, in the order of their ids. */
    private final SortedMap<FrameworkId, Having> having = new TreeMap<>();

    private StatePage(AgentSnapshot snapshot, AgentFacts facts) {
        this.snapshot = snapshot;
        this.facts = facts;
    }

    /** Executors of one framework. */
    private static final class Having {
        private final Opaque info;
        private final List<AgentPage.Executor> live = new ArrayList<>();
        private final List<AgentPage.Executor> over = new ArrayList<>();

        Having(Opaque info) {
            this.info = info;
        }
    }

    /**
     * The page.
     *
     * @param snapshot what of the agent is shown
     * @param sight cuts its resources
     * @param flags whether the settings are shown
     */
    static AgentPage of(AgentSnapshot snapshot, AgentFacts facts, AgentSight sight, boolean flags) {
        return new StatePage(snapshot, facts).made(sight, flags);
    }

    private AgentPage made(AgentSight sight, boolean flags) {
        snapshot.executors().forEach(run -> add(run, brought(run), true));
        commands(snapshot.live()).forEach(run -> add(run, command(run), true));
        snapshot.endedExecutors().forEach(run -> add(run, brought(run), false));
        commands(snapshot.completed()).forEach(run -> add(run, command(run), false));
        var id = snapshot.identity().id();
        var configured = facts.info().resources();
        var total = Reserved.on(configured, snapshot.reserved());
        var master = facts.master().get();
        return new AgentPage(
                facts.builtAt(),
                facts.startedAt(),
                id == null ? "" : id.value(),
                facts.pid(),
                facts.info(),
                snapshot.drain(),
                sight.of(total == null ? configured : total),
                sight.of(AgentMetrics.used(snapshot)),
                master.isEmpty() ? null : master,
                flags ? facts.flags() : null,
                frameworks(true),
                frameworks(false));
    }

    /** Those that have something here now, or those that only had. */
    private List<AgentPage.Framework> frameworks(boolean present) {
        var all = new ArrayList<AgentPage.Framework>();
        having.forEach((id, has) -> {
            if (present != has.live.isEmpty()) {
                all.add(new AgentPage.Framework(id, has.info, has.live, has.over));
            }
        });
        return all;
    }

    private void add(AgentSnapshot.Run run, AgentPage.Executor executor, boolean live) {
        var has = having.computeIfAbsent(
                run.record().id().key().framework(),
                _ -> new Having(run.record().order().framework()));
        (live ? has.live : has.over).add(executor);
    }

    private static List<AgentSnapshot.Run> commands(List<AgentSnapshot.Run> runs) {
        return Views.launchedHere(runs).stream()
                .filter(run -> run.record().order().under() == null)
                .toList();
    }

    /** An executor that its framework brought, with its tasks. */
    private AgentPage.Executor brought(AgentSnapshot.Run run) {
        var info = run.record().order().taskInfo();
        var own = new ArrayList<AgentSnapshot.Run>();
        for (var runs : List.of(snapshot.live(), snapshot.completed())) {
            for (var task : runs) {
                var under = task.record().order().under();
                if (under != null && under.executor().equals(run.record().id())) {
                    own.add(task);
                }
            }
        }
        return executor(
                run,
                ExecutorTasks.nameOf(info),
                ExecutorTasks.sourceOf(info),
                info,
                ExecutorTasks.resourcesOf(info),
                own);
    }

    /** That of a task with a command. */
    private AgentPage.Executor command(AgentSnapshot.Run run) {
        var task = run.record().id().key().task();
        var name = "Command Executor (Task: " + task + ")";
        return executor(run, name, task.value(), null, Resources.EMPTY, List.of(run));
    }

    private AgentPage.Executor executor(
            AgentSnapshot.Run run,
            String name,
            String source,
            @Nullable Opaque info,
            Resources resources,
            List<AgentSnapshot.Run> own) {
        var taken = run.state().isTerminal() ? Resources.EMPTY : resources;
        var tasks = new ArrayList<TaskView>();
        var queued = new ArrayList<TaskView>();
        var over = new ArrayList<TaskView>();
        for (var task : own) {
            var view = Views.task(task);
            if (task.state().isTerminal()) {
                over.add(view);
                continue;
            }
            taken = taken.plus(CommandTasks.resourcesOf(task.record().order().taskInfo()));
            // The executor of a command is started with its task, and has it from the beginning.
            boolean waits = info != null && isQueued(task.record().progress().phase());
            (waits ? queued : tasks).add(view);
        }
        var record = run.record();
        var id = SandboxPath.executor(record.id());
        var runs = SandboxPath.runs(record.order().agent(), record.id().key().framework(), id);
        var container = record.container().toString();
        return new AgentPage.Executor(
                id.value(),
                name,
                source,
                container,
                facts.workDir()
                        .resolve(String.join("/", runs))
                        .resolve(container)
                        .toString(),
                info,
                taken,
                tasks,
                queued,
                over);
    }

    /** Before it reached its executor, or its process was started. */
    private static boolean isQueued(TaskLifecycle.Phase phase) {
        return switch (phase) {
            case RECORDING, FETCHING, STARTING, ABORTING -> true;
            case RUNNING, KILLING, ENDING, ENDED -> false;
        };
    }
}
