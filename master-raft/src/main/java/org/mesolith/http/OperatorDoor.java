package org.mesolith.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.event.Caller;
import org.mesolith.model.Action;
import org.mesolith.pages.FileRefusedException;
import org.mesolith.view.LeaderView;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code POST /api/v1}: the operators' door. Reads of the cluster are linearizable: they wait for a barrier first. */
final class OperatorDoor {
    private final LeaderCalls leader;
    private final OperatorCodec codec;
    private final ReadReplies replies;
    private final About about;
    private final Numbers metrics;
    private final Gate gate;
    private final @Nullable RegistryReads registry;
    private final WatchDoor watch;
    private final LogDoor log;

    /**
     * @param watch for who subscribes
     * @param access whose reads are null where this master has no log of its own, as in a simulation
     */
    OperatorDoor(
            LeaderCalls leader,
            OperatorCodec codec,
            ReadReplies replies,
            About about,
            Numbers metrics,
            WatchDoor watch,
            Routes.Access access) {
        this.leader = leader;
        this.codec = codec;
        this.replies = replies;
        this.about = about;
        this.metrics = metrics;
        this.watch = watch;
        this.log = new LogDoor(about.log(), access.gate());
        this.gate = access.gate();
        var reads = access.reads();
        this.registry = reads == null ? null : new RegistryReads(reads, replies);
    }

    HttpAnswer answer(HttpRequest request) throws InterruptedException {
        return switch (gate.who(request, Authenticator.Realm.OPERATOR)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> answer(request, principal);
        };
    }

    private HttpAnswer answer(HttpRequest request, @Nullable String principal) throws InterruptedException {
        Consistency how;
        try {
            how = Consistency.of(request);
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        var head = how == null ? CallPath.check(request, leader.standing()) : CallPath.check(request);
        return switch (head) {
            case CallPath.Head.Refused(var answer) -> answer;
            case CallPath.Head.Good(var type) ->
                switch (codec.decode(type, request.body().bytes())) {
                    case Decoded.Refused<OperatorCall> refused -> Problems.badRequest(refused.text());
                    case Decoded.Ok<OperatorCall>(var call) ->
                        switch (ScheduleTag.of(request, call)) {
                            case ScheduleTag.Expected.Refused(var why) -> Problems.badRequest(why);
                            case ScheduleTag.Expected.Call(var whole) -> negotiated(request, whole, how, principal);
                        };
                };
        };
    }

    private HttpAnswer negotiated(
            HttpRequest request, OperatorCall call, @Nullable Consistency how, @Nullable String principal)
            throws InterruptedException {
        var accepted = Negotiation.accepted(request.headers());
        if (accepted == null) {
            return CallPath.notAcceptable();
        }
        var caller = CallPath.caller(request, principal);
        if (caller == null) {
            return CallPath.badRequestKey();
        }
        if (how == null) {
            return perform(request, call, caller, accepted);
        }
        var make = registry != null && call instanceof OperatorCall.Read what ? RegistryReads.of(what) : null;
        if (registry != null && make != null && call instanceof OperatorCall.Read what) {
            return registry.answer(
                    request,
                    how,
                    make,
                    ReadReplies.Key.of(what, accepted, gate.sight(principal)),
                    gate.sight(principal));
        }
        var elsewhere = Problems.unlessLeading(leader.standing(), request);
        return elsewhere != null ? elsewhere : perform(request, call, caller, accepted);
    }

    private HttpAnswer perform(HttpRequest request, OperatorCall call, Caller caller, Encoding type)
            throws InterruptedException {
        return switch (call) {
            case OperatorCall.Read what -> read(request, what, caller.principal(), type);
            case OperatorCall.SetLoggingLevel set -> log.set(set, caller.principal());
            case OperatorCall.ListFiles _, OperatorCall.ReadFile _ -> file(call, caller.principal(), type);
            case OperatorCall.Subscribe() -> watch.answer(request, caller.principal(), type);
            case OperatorCall.GetMetrics(var timeout) -> shown(allMetrics(timeout), type);
            case OperatorCall.UpdateWeights _,
                    OperatorCall.KillTask _,
                    OperatorCall.TearDown _,
                    OperatorCall.Operate _,
                    OperatorCall.UpdateQuota _,
                    OperatorCall.SetQuota _,
                    OperatorCall.RemoveQuota _,
                    OperatorCall.UpdateMaintenanceSchedule _,
                    OperatorCall.StartMaintenance _,
                    OperatorCall.StopMaintenance _,
                    OperatorCall.DrainAgent _,
                    OperatorCall.PlanDrain _,
                    OperatorCall.SteerDrain _,
                    OperatorCall.ReserveAgents _,
                    OperatorCall.NoteReservations _,
                    OperatorCall.ReleaseReservations _,
                    OperatorCall.Declare _,
                    OperatorCall.DeactivateAgent _,
                    OperatorCall.ReactivateAgent _,
                    OperatorCall.MarkAgentGone _ ->
                Problems.of(leader.ask(call, caller, request.deadline().remaining()), request);
            case OperatorCall.NotSupported(var name) ->
                HttpAnswer.text(
                        501,
                        "The call " + name + " is not supported yet by this version; docs/deviations.md lists what is");
            case OperatorCall.Unknown() ->
                HttpAnswer.text(501, "Received a call of type UNKNOWN, which nobody performs");
        };
    }

    private HttpAnswer file(OperatorCall call, @Nullable String principal, Encoding type) {
        try {
            return call instanceof OperatorCall.ReadFile read
                    ? shown(log.read(read, principal), type)
                    : call instanceof OperatorCall.ListFiles list
                            ? shown(log.list(list, principal), type)
                            : Problems.badRequest("this call is about no file");
        } catch (FileRefusedException refused) {
            return HttpAnswer.text(refused.status(), String.valueOf(refused.getMessage()));
        }
    }

    private HttpAnswer read(HttpRequest request, OperatorCall.Read what, @Nullable String principal, Encoding type)
            throws InterruptedException {
        var refusal = what == OperatorCall.Read.GET_FLAGS
                ? gate.refusal(principal, Action.VIEW_FLAGS, null, "the flags of a master")
                : null;
        if (refusal != null) {
            return refusal;
        }
        var local = about(what);
        if (local != null) {
            return shown(local, type);
        }
        long asked = System.nanoTime();
        return switch (leader.view(request.deadline().remaining())) {
            case Viewed.Refused(var reply) -> Problems.of(reply, request);
            case Viewed.Seen(var view) -> {
                var sight = gate.sight(principal);
                var shown = new ReadReplies.Shown(
                        view, asked, view::taskCount, () -> sight.of(of(view, what), view.registry()));
                var key = ReadReplies.Key.of(what, type, sight);
                // The tag of a schedule is made of this view, so the schedule must be, too.
                boolean tagged = what == OperatorCall.Read.GET_MAINTENANCE_SCHEDULE;
                var answer = tagged ? replies.exactly(request, shown, key) : replies.answer(request, shown, key);
                var told = Places.tell(answer, view.registry(), leader.standing());
                yield tagged ? ScheduleTag.tell(told, view.registry(), sight) : told;
            }
        };
    }

    /** What this process knows of itself; null when the read is about the cluster. */
    private @Nullable OperatorReply about(OperatorCall.Read what) {
        return switch (what) {
            case GET_HEALTH -> new OperatorReply.Health(true);
            case GET_VERSION -> new OperatorReply.Version(about.mesosVersion());
            case GET_LOGGING_LEVEL -> log.level();
            case GET_FLAGS ->
                new OperatorReply.Flags(about.flags().entrySet().stream()
                        .map(flag -> new OperatorReply.Flags.Flag(flag.getKey(), flag.getValue()))
                        .toList());
            case GET_MASTER,
                    GET_AGENTS,
                    GET_FRAMEWORKS,
                    GET_TASKS,
                    GET_EXECUTORS,
                    GET_STATE,
                    GET_ROLES,
                    GET_WEIGHTS,
                    GET_OPERATIONS,
                    GET_QUOTA,
                    GET_MAINTENANCE_STATUS,
                    GET_MAINTENANCE_SCHEDULE -> null;
        };
    }

    private OperatorReply of(LeaderView view, OperatorCall.Read what) {
        return switch (what) {
            case GET_MASTER -> view.master();
            case GET_AGENTS -> view.agents();
            case GET_FRAMEWORKS -> view.frameworks();
            case GET_TASKS -> view.tasks();
            case GET_EXECUTORS -> view.executors();
            case GET_STATE -> view.state();
            case GET_ROLES -> view.roles(about.roles());
            case GET_WEIGHTS -> view.weights();
            case GET_OPERATIONS -> view.operations();
            case GET_QUOTA -> view.quotas();
            case GET_MAINTENANCE_STATUS -> view.maintenance();
            case GET_MAINTENANCE_SCHEDULE -> view.schedule();
            case GET_HEALTH, GET_VERSION, GET_FLAGS, GET_LOGGING_LEVEL ->
                throw new IllegalStateException(what + " is answered without a view");
        };
    }

    /** Those of the leader's own that take longer than the timeout are left out. */
    private OperatorReply.Metrics allMetrics(@Nullable Duration timeout) {
        var within = timeout == null || timeout.compareTo(Pages.METRICS_WITHIN) > 0 ? Pages.METRICS_WITHIN : timeout;
        return new OperatorReply.Metrics(metrics.of(within.isNegative() ? Duration.ZERO : within).stream()
                .map(sample -> new OperatorReply.Metrics.Metric(sample.name(), sample.value()))
                .toList());
    }

    private HttpAnswer shown(OperatorReply reply, Encoding type) {
        return HttpAnswer.of(200, type.contentType(), Body.of(codec.encode(type, reply)));
    }
}
