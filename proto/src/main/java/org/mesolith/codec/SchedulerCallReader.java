package org.mesolith.codec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.FrameworkCodec;
import org.mesolith.codec.v1.FrameworkShape;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.OperationReader;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskId;
import org.mesolith.proto.gen.v1.KillPolicy;
import org.mesolith.proto.gen.v1.OfferID;
import org.mesolith.proto.gen.v1.scheduler.Call;
import org.mesolith.proto.gen.v1.scheduler.OfferConstraints;

/** Scheduler calls out of protobuf; a call is good only if no error was added. */
final class SchedulerCallReader {
    private static final Duration REFUSE_MAX = Duration.ofDays(365);
    private static final int OPERATION_PROBLEMS_MAX = 5;

    private final ShapeErrors errors;

    SchedulerCallReader(ShapeErrors errors) {
        this.errors = errors;
    }

    @Nullable
    SchedulerRequest read(Call from) {
        var framework = from.getFrameworkId().getValue().isEmpty()
                ? null
                : new FrameworkId(from.getFrameworkId().getValue());
        if (!from.hasType()) {
            errors.add(Path.ROOT.field("type"), "is required: the name of a call of mesos.v1.scheduler.Call");
            return null;
        }
        if (framework == null && from.getType() != Call.Type.SUBSCRIBE) {
            errors.addMissing(Path.ROOT.field("framework_id"));
        }
        var call = call(from, framework);
        return call == null ? null : new SchedulerRequest(framework, call);
    }

    private @Nullable SchedulerCall call(Call from, @Nullable FrameworkId framework) {
        return switch (from.getType()) {
            case UNKNOWN -> new SchedulerCall.Unknown();
            case SUBSCRIBE -> subscribe(from, framework);
            case TEARDOWN -> new SchedulerCall.Teardown();
            case ACCEPT -> accept(from, framework);
            case DECLINE -> {
                need(from.hasDecline(), "decline");
                var decline = from.getDecline();
                yield new SchedulerCall.Decline(offers(decline.getOfferIdsList()), filters(decline.getFilters()));
            }
            case REVIVE -> new SchedulerCall.Revive(from.getRevive().getRolesList());
            case SUPPRESS -> new SchedulerCall.Suppress(from.getSuppress().getRolesList());
            case KILL -> kill(from);
            case SHUTDOWN -> {
                need(from.hasShutdown(), "shutdown");
                var shutdown = from.getShutdown();
                yield new SchedulerCall.Shutdown(
                        new ExecutorId(shutdown.getExecutorId().getValue()),
                        new AgentId(shutdown.getAgentId().getValue()));
            }
            case ACKNOWLEDGE -> acknowledge(from);
            case RECONCILE -> reconcile(from);
            case MESSAGE -> {
                need(from.hasMessage(), "message");
                var message = from.getMessage();
                yield new SchedulerCall.Message(
                        new AgentId(message.getAgentId().getValue()),
                        new ExecutorId(message.getExecutorId().getValue()),
                        message.getData().toByteArray());
            }
            case UPDATE_FRAMEWORK -> update(from, framework);
            case ACCEPT_INVERSE_OFFERS ->
                AnswerCalls.accept(from, filters(from.getAcceptInverseOffers().getFilters()), errors);
            case DECLINE_INVERSE_OFFERS ->
                AnswerCalls.decline(from, filters(from.getDeclineInverseOffers().getFilters()), errors);
            case ACKNOWLEDGE_OPERATION_STATUS -> AnswerCalls.acknowledge(from, errors);
            case RECONCILE_OPERATIONS -> AnswerCalls.reconcile(from, errors);
            case REQUEST -> {
                need(from.hasRequest(), "request");
                yield new SchedulerCall.Request();
            }
        };
    }

    private SchedulerCall subscribe(Call from, @Nullable FrameworkId framework) {
        need(from.hasSubscribe(), "subscribe");
        var subscribe = from.getSubscribe();
        var shape = new FrameworkShape(subscribe.getFrameworkInfo(), subscribe.getOfferConstraints(), "subscribe");
        return new SchedulerCall.Subscribe(
                info(subscribe.getFrameworkInfo(), "subscribe", from.hasSubscribe(), framework),
                subscribe.getSuppressedRolesList(),
                constraints(subscribe.hasOfferConstraints(), subscribe.getOfferConstraints()),
                shape.wishes(),
                shape.problems());
    }

    private SchedulerCall update(Call from, @Nullable FrameworkId framework) {
        need(from.hasUpdateFramework(), "update_framework");
        var update = from.getUpdateFramework();
        var shape = new FrameworkShape(update.getFrameworkInfo(), update.getOfferConstraints(), "update_framework");
        return new SchedulerCall.UpdateFramework(
                info(update.getFrameworkInfo(), "update_framework", from.hasUpdateFramework(), framework),
                update.getSuppressedRolesList(),
                constraints(update.hasOfferConstraints(), update.getOfferConstraints()),
                shape.wishes(),
                shape.problems());
    }

    private FrameworkInfo info(
            org.mesolith.proto.gen.v1.FrameworkInfo from, String body, boolean given, @Nullable FrameworkId framework) {
        var info = FrameworkCodec.decode(from);
        if (given && !Objects.equals(info.id(), framework)) {
            errors.add(Path.ROOT, "'framework_id' differs from '" + body + ".framework_info.id'");
        }
        return info;
    }

    private static Opaque constraints(boolean given, OfferConstraints from) {
        return given ? Opaques.of(from) : Opaques.of(OfferConstraints.getDefaultInstance());
    }

    /** What is wrong with one operation is that operation's trouble, not the call's. */
    private SchedulerCall accept(Call from, @Nullable FrameworkId framework) {
        need(from.hasAccept(), "accept");
        var operations = new ArrayList<OfferOperation>();
        var invalid = new ArrayList<SchedulerCall.Accept.Invalid>();
        var at = Path.ROOT.field("accept").field("operations");
        var list = from.getAccept().getOperationsList();
        for (int i = 0; i < list.size(); i++) {
            var own = new ShapeErrors(OPERATION_PROBLEMS_MAX);
            var operation = new OperationReader(framework, own).decode(list.get(i), at.index(i));
            if (own.isEmpty()) {
                operations.add(operation);
            } else {
                invalid.add(new SchedulerCall.Accept.Invalid(
                        operation.id(), list.get(i).getType().name(), String.join("; ", own.texts())));
            }
        }
        return new SchedulerCall.Accept(
                offers(from.getAccept().getOfferIdsList()),
                operations,
                invalid,
                filters(from.getAccept().getFilters()));
    }

    private SchedulerCall kill(Call from) {
        need(from.hasKill(), "kill");
        var kill = from.getKill();
        return new SchedulerCall.Kill(
                new TaskId(kill.getTaskId().getValue()),
                kill.hasAgentId() ? new AgentId(kill.getAgentId().getValue()) : null,
                grace(kill.getKillPolicy(), Path.ROOT.field("kill").field("kill_policy"), errors));
    }

    /** Null if the policy does not say it. */
    static @Nullable Duration grace(KillPolicy policy, Path at, ShapeErrors errors) {
        if (!policy.hasGracePeriod()) {
            return null;
        }
        var grace = Times.duration(policy.getGracePeriod());
        if (grace.isNegative()) {
            errors.add(at.field("grace_period"), "must not be negative");
        }
        return grace;
    }

    private @Nullable SchedulerCall acknowledge(Call from) {
        if (!from.hasAcknowledge()) {
            need(false, "acknowledge");
            return null;
        }
        var acknowledge = from.getAcknowledge();
        var uuid = StatusCodec.uuid(
                acknowledge.getUuid(), Path.ROOT.field("acknowledge").field("uuid"), errors);
        return uuid == null
                ? null
                : new SchedulerCall.Acknowledge(
                        new AgentId(acknowledge.getAgentId().getValue()),
                        new TaskId(acknowledge.getTaskId().getValue()),
                        uuid);
    }

    private SchedulerCall reconcile(Call from) {
        need(from.hasReconcile(), "reconcile");
        return new SchedulerCall.Reconcile(from.getReconcile().getTasksList().stream()
                .map(task -> new SchedulerCall.Reconcile.Asked(
                        new TaskId(task.getTaskId().getValue()),
                        task.hasAgentId() ? new AgentId(task.getAgentId().getValue()) : null))
                .toList());
    }

    private static List<OfferId> offers(List<OfferID> from) {
        return from.stream().map(offer -> new OfferId(offer.getValue())).toList();
    }

    /**
     * What is negative or no length of time counts as not said; a year is the most (Mesos {@code hierarchical.cpp}).
     */
    private static Filters filters(org.mesolith.proto.gen.v1.Filters from) {
        var refuse = Times.ofSeconds(from.getRefuseSeconds())
                .filter(duration -> !duration.isNegative())
                .orElse(Filters.DEFAULT.refuse());
        return new Filters(refuse.compareTo(REFUSE_MAX) > 0 ? REFUSE_MAX : refuse);
    }

    private void need(boolean given, String body) {
        if (!given) {
            errors.addMissing(Path.ROOT.field(body));
        }
    }
}
