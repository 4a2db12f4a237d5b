package org.mesolith.leader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Barrier;
import org.mesolith.log.CommandLog;
import org.mesolith.log.Details;
import org.mesolith.log.LogListener;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Position;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Actor;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand.InitCluster;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.row.TaskRun;
import org.mesolith.state.rules.StateMachine;

/** A log of one member that applies at once, unless it is told to hold or to refuse. Keeps the details in a map. */
final class SimLog implements CommandLog, Details {
    private record Held(Proposal proposal, CompletableFuture<Proposed> answer) {}

    private final SimQueue queue;
    private final List<Command> commands = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<String, TaskDetail> details = new TreeMap<>();
    private Registry registry = Registry.EMPTY;
    private @Nullable LogListener listener;
    private @Nullable Proposed refusal;
    private boolean holding;
    private final List<CompletableFuture<Barrier>> readers = new ArrayList<>();
    private boolean holdsReaders;
    private long term;
    private long index;

    SimLog(SimQueue queue) {
        this.queue = queue;
        apply(new Proposal(
                new Envelope(Actor.SYSTEM, Origin.CONSOLE, null, queue.now(), 0), new InitCluster("c", 1, 7)));
        commands.clear();
    }

    /** A new term begins with this listener; nobody else hears of it. */
    void lead(LogListener leader) {
        term++;
        listener = leader;
        leader.onLeaderReady(term, registry);
    }

    Registry registry() {
        return registry;
    }

    /** Every command applied so far, in order. */
    List<Command> commands() {
        return List.copyOf(commands);
    }

    <C extends Command> List<C> commands(Class<C> kind) {
        return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Readers wait until {@link #answerReaders}. */
    void holdReaders() {
        holdsReaders = true;
    }

    /** Tells the readers who wait. */
    void answerReaders(Barrier barrier) {
        holdsReaders = false;
        var waiting = List.copyOf(readers);
        readers.clear();
        waiting.forEach(reader -> reader.complete(barrier));
        queue.settle();
    }

    /** Proposals wait until {@link #release}. */
    void hold() {
        holding = true;
    }

    void release() {
        holding = false;
        var waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(one -> one.answer().complete(apply(one.proposal())));
        queue.settle();
    }

    /** What waits since {@link #hold} is answered so. */
    void refuseHeld(Proposed answer) {
        var waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(one -> one.answer().complete(answer));
    }

    /** What every proposal is answered from now on; null for normal. */
    void refuse(@Nullable Proposed answer) {
        refusal = answer;
    }

    /** Applies a command as if somebody had proposed it. */
    void order(Command command) {
        apply(new Proposal(new Envelope(Actor.SYSTEM, Origin.LEADER, null, queue.now(), term), command));
        queue.settle();
    }

    @Override
    public CompletableFuture<Proposed> propose(Proposal proposal) {
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        if (holding) {
            var answer = new CompletableFuture<Proposed>();
            held.add(new Held(proposal, answer));
            return answer;
        }
        return CompletableFuture.completedFuture(apply(proposal));
    }

    private Proposed.Decided apply(Proposal proposal) {
        var at = new Position(++index, 0);
        var entry = new LogEntry(at, term, proposal.envelope(), proposal.command());
        var step = StateMachine.step(registry, entry);
        var outcome = step.outcome();
        registry = step.after();
        step.changes().forEach(this::keep);
        commands.add(proposal.command());
        if (listener != null) {
            listener.onApplied(entry, outcome, registry);
        }
        return new Proposed.Decided(at, outcome);
    }

    private void keep(Change change) {
        switch (change) {
            case Change.TaskInfoPut(var run, var name, var info) ->
                details.put(key(run), new TaskDetail(name, info, List.of()));
            case Change.TaskStatusPut(var run, int number, var status) ->
                details.computeIfPresent(key(run), (k, detail) -> with(detail, number, status));
            case Change.TaskDetailsRemoved(var run, int _) -> details.remove(key(run));
            default -> {}
        }
    }

    private static TaskDetail with(TaskDetail detail, int number, TaskStatus status) {
        var statuses = new ArrayList<>(detail.statuses());
        if (number < statuses.size()) {
            statuses.set(number, status);
        } else {
            statuses.add(status);
        }
        return new TaskDetail(detail.name(), detail.taskInfo(), statuses);
    }

    private static String key(TaskRun run) {
        return run.key() + "@" + run.launchedAt();
    }

    @Override
    public CompletableFuture<Barrier> barrier() {
        if (!holdsReaders) {
            return CompletableFuture.completedFuture(new Barrier.Reached(index));
        }
        var reader = new CompletableFuture<Barrier>();
        readers.add(reader);
        return reader;
    }

    @Override
    public int waiting() {
        return held.size();
    }

    @Override
    public List<@Nullable TaskDetail> of(List<TaskRow> tasks) {
        var found = new ArrayList<@Nullable TaskDetail>();
        tasks.forEach(task -> found.add(details.get(key(task.run()))));
        return found;
    }
}
