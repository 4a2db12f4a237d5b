package org.mesolith.leader.accept;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.Report;
import org.mesolith.leader.event.Launched;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.LaunchesProposed;
import org.mesolith.leader.event.LeaderEvent.LaunchesSettled;
import org.mesolith.leader.event.LeaderEvent.OffersInvalid;
import org.mesolith.leader.event.LeaderEvent.OffersReturned;
import org.mesolith.leader.event.LeaderEvent.OffersTaken;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.LeaderEvent.Undecided;
import org.mesolith.leader.event.MasterStatus;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Replies;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.state.Actor;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;

/**
 * One ACCEPT is one command. The caller hears 202 when it is applied: from then on every launch in it runs or ends in a
 * terminal update, whoever leads.
 */
public final class Accepts {
    private static final long CPUS_MILLI_ENOUGH = 10;
    private static final long MEM_MILLI_ENOUGH = 32_000;

    private final Present present;
    private final Tally tally;
    private final Acls acls;

    public Accepts(Present present, Tally tally, Acls acls) {
        this.present = present;
        this.tally = tally;
        this.acls = acls;
    }

    /** Offers that can be used together. */
    public List<Effect> taken(OffersTaken taken) {
        var first = taken.offers().getFirst();
        var offered = Resources.EMPTY;
        for (var offer : taken.offers()) {
            offered = offered.plus(offer.resources());
        }
        var effects = new ArrayList<Effect>();
        var operations = taken.operations().stream()
                .map(operation -> allocated(operation, first.role()))
                .map(operation -> permitted(taken.framework(), first.agent(), operation))
                .map(operation -> launchable(taken.framework(), first.agent(), operation, effects))
                .toList();
        var command = new AcceptOffers(
                taken.framework(),
                first.agent(),
                first.role(),
                offered,
                taken.offers().stream().map(Offer::id).toList(),
                operations);
        var actor = Actor.framework(taken.framework(), taken.caller().principal());
        effects.add(new Raise(new LaunchesProposed(keys(command), first.agent())));
        effects.add(new Propose(new Propose.ForCall(taken.request()), actor, Origin.HTTP, null, command));
        return effects;
    }

    /** Without the tasks that the framework's principal may not run as their users: these end at once. */
    private OfferOperation launchable(FrameworkId id, AgentId agent, OfferOperation operation, List<Effect> effects) {
        var framework = present.registry().framework(id);
        if (framework == null) {
            return operation;
        }
        return switch (operation) {
            case OfferOperation.Launch(var name, var tasks) -> {
                var permitted = new ArrayList<TaskLaunch>();
                for (var task : tasks) {
                    var why = notPermitted(framework.info(), task);
                    if (why == null) {
                        permitted.add(task);
                    } else {
                        var reason = StatusReason.REASON_TASK_UNAUTHORIZED;
                        effects.add(refusal(
                                id, agent, new TaskOutcome.Refused(task.task(), TaskState.TASK_ERROR, reason, why)));
                    }
                }
                yield permitted.size() == tasks.size() ? operation : new OfferOperation.Launch(name, permitted);
            }
            case OfferOperation.LaunchGroup group -> {
                var why = group.tasks().stream()
                        .map(task -> notPermitted(framework.info(), task))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
                if (why == null) {
                    yield operation;
                }
                var reason = StatusReason.REASON_TASK_GROUP_UNAUTHORIZED;
                for (var task : group.tasks()) {
                    effects.add(refusal(
                            id, agent, new TaskOutcome.Refused(task.task(), TaskState.TASK_ERROR, reason, why)));
                }
                yield new OfferOperation.LaunchGroup(group.id(), group.executor(), List.of());
            }
            default -> operation;
        };
    }

    private @Nullable String notPermitted(FrameworkInfo framework, TaskLaunch task) {
        var named = task.user();
        var user = named == null ? framework.user() : named;
        return acls.allow(Action.RUN_TASK, framework.principal(), user)
                ? null
                : "Not authorized to launch as user '" + user + "': "
                        + Permits.no(framework.principal(), Action.RUN_TASK, "as user '" + user + "'");
    }

    /** What the framework's principal may not do becomes a refusal: it is ignored, the rest of the call is not. */
    private OfferOperation permitted(FrameworkId id, AgentId agent, OfferOperation operation) {
        var framework = present.registry().framework(id);
        var row = present.registry().agent(agent);
        if (framework == null || row == null) {
            return operation;
        }
        var refusal = Permits.refusal(acls, framework.info().principal(), operation, row.reserved());
        return refusal == null
                ? operation
                : new OfferOperation.Refused(operation.id(), Permits.type(operation), refusal);
    }

    /** Offers that cannot: every task of the call ends at once, and so does every other operation. */
    public List<Effect> invalid(OffersInvalid invalid) {
        var effects = new ArrayList<Effect>();
        for (var operation : invalid.operations()) {
            if (!startsTasks(operation)) {
                effects.addAll(MasterStatus.failed(
                        invalid.framework(),
                        operation.id(),
                        "Operation attempted with invalid offers: " + invalid.why()));
            }
            for (var task : Launched.tasks(operation)) {
                effects.add(dropped(
                        invalid.framework(),
                        task.task(),
                        task.agent(),
                        StatusReason.REASON_INVALID_OFFERS,
                        "Task launched with invalid offers: " + invalid.why()));
            }
        }
        effects.add(new Answer(invalid.request(), new Reply.Accepted()));
        return effects;
    }

    /** An accept was applied: launches go to the agent, refusals to the framework. */
    public List<Effect> applied(Applied applied) {
        if (!(applied.entry().command() instanceof AcceptOffers accept)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var fate : Launched.fates(accept, applied.outcome())) {
            switch (fate.outcome()) {
                case TaskOutcome.Started _ when fate.group() != 0 -> {}
                case TaskOutcome.Started _ -> effects.addAll(launch(accept, fate.task(), applied));
                case TaskOutcome.Refused refused -> effects.add(refusal(accept.framework(), accept.agent(), refused));
            }
        }
        for (int number : Launched.groups(accept, applied.outcome())) {
            effects.addAll(launch(accept, number, applied));
        }
        switch (applied.outcome()) {
            case Outcome.Rejected rejected -> effects.addAll(rejected(accept, rejected));
            case Outcome.Accepted(var _, Result.OffersAccepted(var outcomes)) ->
                effects.addAll(failed(accept, outcomes));
            case Outcome.Accepted _ -> {}
        }
        effects.addAll(warnings(applied));
        effects.add(new Raise(new LaunchesSettled(keys(accept))));
        return effects;
    }

    /** The caller's answer. What happened to each task is told by events. */
    public List<Effect> decided(Decided decided, RequestId request) {
        boolean stale = decided.outcome() instanceof Outcome.Rejected(var reason, var _) && reason == Reason.STALE_TERM;
        return List.of(new Answer(request, stale ? new Reply.NotReady() : new Reply.Accepted()));
    }

    /**
     * The offers return; if it is applied after all, the cluster's rules still see to it that nothing is used twice.
     */
    public List<Effect> undecided(Undecided undecided, AcceptOffers accept, RequestId request) {
        return List.of(
                new Raise(new LaunchesSettled(keys(accept))),
                new Raise(new OffersReturned(accept.offers(), Filters.NONE)),
                new Answer(request, Replies.undecided(undecided)));
    }

    private List<Effect> launch(AcceptOffers accept, TaskLaunch task, Applied applied) {
        var framework = applied.after().framework(accept.framework());
        if (framework == null) {
            return List.of();
        }
        var order = new AgentOrder.Launch(
                new TaskKey(accept.framework(), task.task()),
                applied.entry().at(),
                framework.info().user(),
                task.resources(),
                framework.info().raw(),
                task.taskInfo(),
                task.executor() == null ? null : under(accept, task.executor(), applied));
        return List.of(new Raise(new Order(accept.agent(), order)));
    }

    /** One order for the whole group. */
    private static List<Effect> launch(AcceptOffers accept, int number, Applied applied) {
        var framework = applied.after().framework(accept.framework());
        if (framework == null || !(accept.operations().get(number - 1) instanceof OfferOperation.LaunchGroup group)) {
            return List.of();
        }
        var order = new AgentOrder.LaunchGroup(
                accept.framework(),
                applied.entry().at(),
                number,
                framework.info().user(),
                framework.info().raw(),
                under(accept, group.executor(), applied),
                group.tasks().stream()
                        .map(task -> new LinkMessage.LaunchGroup.Member(task.task(), task.resources(), task.taskInfo()))
                        .toList());
        return List.of(new Raise(new Order(accept.agent(), order)));
    }

    private static LinkMessage.Launch.Under under(AcceptOffers accept, ExecutorLaunch executor, Applied applied) {
        var row = applied.after().executor(accept.framework(), accept.agent(), executor.id());
        return new LinkMessage.Launch.Under(executor.id(), row == null ? null : row.launchedAt());
    }

    /** Mesos warns of these, and launches them all the same. */
    private static List<Effect> warnings(Applied applied) {
        var effects = new ArrayList<Effect>();
        for (var row : Launched.executors(applied.outcome())) {
            if (row.resources().milli("cpus") < CPUS_MILLI_ENOUGH
                    || row.resources().milli("mem") < MEM_MILLI_ENOUGH) {
                effects.add(new Report("executor " + row.id() + " of framework " + row.framework() + " uses {"
                        + row.resources().unallocated() + "}; give it at least cpus:0.01 and mem:32"));
            }
        }
        return effects;
    }

    private Effect refusal(FrameworkId framework, AgentId agent, TaskOutcome.Refused refused) {
        tally.ended(framework, seen(framework, refused.state()), StatusSource.SOURCE_MASTER, refused.reason());
        return new Raise(new Tell(
                framework,
                MasterStatus.of(
                        refused.task(), agent, refused.state(), refused.reason(), refused.message(), present.now())));
    }

    /** Operations that came to nothing; a group of tasks ends as a whole. */
    private List<Effect> failed(AcceptOffers accept, List<OperationOutcome> outcomes) {
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (!(outcomes.get(i) instanceof OperationOutcome.Failed(var why))) {
                continue;
            }
            var operation = accept.operations().get(i);
            if (!startsTasks(operation)) {
                effects.addAll(MasterStatus.failed(accept.framework(), operation.id(), why));
            }
            for (var task : Launched.tasks(operation)) {
                var reason = StatusReason.REASON_TASK_GROUP_INVALID;
                effects.add(refusal(
                        accept.framework(),
                        accept.agent(),
                        new TaskOutcome.Refused(task.task(), TaskState.TASK_ERROR, reason, why)));
            }
        }
        return effects;
    }

    /** Of these the tasks are told of, not the operation. */
    private static boolean startsTasks(OfferOperation operation) {
        return operation instanceof OfferOperation.Launch || operation instanceof OfferOperation.LaunchGroup;
    }

    /** The whole call was refused: mostly the agent went away between the offer and now. */
    private List<Effect> rejected(AcceptOffers accept, Outcome.Rejected rejected) {
        var effects = new ArrayList<Effect>();
        for (var operation : accept.operations()) {
            if (!startsTasks(operation)) {
                effects.addAll(MasterStatus.failed(accept.framework(), operation.id(), rejected.message()));
            }
            for (var task : Launched.tasks(operation)) {
                effects.add(dropped(
                        accept.framework(),
                        task.task(),
                        accept.agent(),
                        reason(accept.agent(), rejected),
                        rejected.message()));
            }
        }
        return effects;
    }

    private StatusReason reason(AgentId id, Outcome.Rejected rejected) {
        if (rejected.reason() != Reason.AGENT_DEACTIVATED) {
            return StatusReason.REASON_AGENT_REMOVED;
        }
        var agent = present.registry().agent(id);
        return agent != null && agent.drain() != null
                ? StatusReason.REASON_AGENT_DRAINING
                : StatusReason.REASON_INVALID_OFFERS; // those of an agent that is only deactivated are taken back
    }

    /** The state as the framework sees it. */
    private TaskState seen(FrameworkId framework, TaskState state) {
        var row = present.registry().framework(framework);
        boolean aware = row != null && row.info().has(FrameworkCapability.PARTITION_AWARE);
        return aware ? state : state.seenByOldFrameworks();
    }

    private Effect dropped(FrameworkId framework, TaskId task, AgentId agent, StatusReason reason, String message) {
        tally.ended(framework, seen(framework, TaskState.TASK_DROPPED), StatusSource.SOURCE_MASTER, reason);
        return new Raise(new Tell(
                framework, MasterStatus.of(task, agent, TaskState.TASK_DROPPED, reason, message, present.now())));
    }

    private static List<TaskKey> keys(AcceptOffers accept) {
        var keys = new ArrayList<TaskKey>();
        for (var operation : accept.operations()) {
            Launched.tasks(operation).forEach(task -> keys.add(new TaskKey(accept.framework(), task.task())));
        }
        return keys;
    }

    // ---- resources that name no role are meant for the offer's

    private static OfferOperation allocated(OfferOperation operation, String role) {
        return switch (operation) {
            case OfferOperation.Launch(var id, var tasks) -> new OfferOperation.Launch(id, allocated(tasks, role));
            case OfferOperation.LaunchGroup(var id, var executor, var tasks) ->
                new OfferOperation.LaunchGroup(id, allocated(executor, role), allocated(tasks, role));
            case OfferOperation.Reserve(var id, var source, var resources) ->
                new OfferOperation.Reserve(id, allocated(source, role), allocated(resources, role));
            case OfferOperation.Unreserve(var id, var resources) ->
                new OfferOperation.Unreserve(id, allocated(resources, role));
            case OfferOperation.Create(var id, var volumes) -> new OfferOperation.Create(id, allocated(volumes, role));
            case OfferOperation.Destroy(var id, var volumes) ->
                new OfferOperation.Destroy(id, allocated(volumes, role));
            case OfferOperation.GrowVolume(var id, var volume, var addition) ->
                new OfferOperation.GrowVolume(id, allocated(volume, role), allocated(addition, role));
            case OfferOperation.ShrinkVolume(var id, var volume, var subtract) ->
                new OfferOperation.ShrinkVolume(id, allocated(volume, role), subtract);
            case OfferOperation.NotSupported _, OfferOperation.Refused _ -> operation;
        };
    }

    private static List<TaskLaunch> allocated(List<TaskLaunch> tasks, String role) {
        return tasks.stream()
                .map(task -> new TaskLaunch(
                        task.task(),
                        task.name(),
                        task.agent(),
                        allocated(task.resources(), role),
                        task.executor() == null ? null : allocated(task.executor(), role),
                        task.problems(),
                        task.taskInfo(),
                        task.user()))
                .toList();
    }

    private static ExecutorLaunch allocated(ExecutorLaunch executor, String role) {
        return new ExecutorLaunch(
                executor.id(), executor.kind(), allocated(executor.resources(), role), executor.raw());
    }

    private static Resources allocated(Resources resources, String role) {
        return resources.mapKinds(kind -> kind.allocatedRole() == null ? kind.allocatedTo(role) : kind);
    }
}
