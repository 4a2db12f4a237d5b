package org.mesolith.leader.event;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/** What calls, events, operations and states are called in names of metrics: those of Mesos' masters, in lower case. */
public final class MetricNames {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private MetricNames() {}

    /** Such as {@code running}. */
    public static String state(TaskState state) {
        return lower(state.name().substring("TASK_".length()));
    }

    /** Such as {@code slave}: Mesos' masters count under the old word. */
    public static String source(StatusSource source) {
        return switch (source) {
            case SOURCE_MASTER -> "master";
            case SOURCE_AGENT -> "slave";
            case SOURCE_EXECUTOR -> "executor";
        };
    }

    /** Such as {@code slave_removed}: Mesos' masters count under the old word. */
    public static String reason(StatusReason reason) {
        var name = lower(reason.name().substring("REASON_".length()));
        return name.startsWith("agent_") ? "slave_" + name.substring("agent_".length()) : name;
    }

    public static String call(SchedulerCall call) {
        return switch (call) {
            case SchedulerCall.Subscribe _ -> "subscribe";
            case SchedulerCall.Teardown _ -> "teardown";
            case SchedulerCall.Accept _ -> "accept";
            case SchedulerCall.Decline _ -> "decline";
            case SchedulerCall.Revive _ -> "revive";
            case SchedulerCall.Suppress _ -> "suppress";
            case SchedulerCall.Kill _ -> "kill";
            case SchedulerCall.Acknowledge _ -> "acknowledge";
            case SchedulerCall.Reconcile _ -> "reconcile";
            case SchedulerCall.Shutdown _ -> "shutdown";
            case SchedulerCall.Message _ -> "message";
            case SchedulerCall.Request _ -> "request";
            case SchedulerCall.UpdateFramework _ -> "update_framework";
            case SchedulerCall.AnswerInverseOffers answer ->
                answer.accepted() ? "accept_inverse_offers" : "decline_inverse_offers";
            case SchedulerCall.AcknowledgeOperation _ -> "acknowledge_operation_status";
            case SchedulerCall.ReconcileOperations _ -> "reconcile_operations";
            case SchedulerCall.NotSupported(var type) -> lower(type);
            case SchedulerCall.Unknown _ -> "unknown";
        };
    }

    public static String event(SchedulerEvent event) {
        return switch (event) {
            case SchedulerEvent.Subscribed _ -> "subscribed";
            case SchedulerEvent.Offers _ -> "offers";
            case SchedulerEvent.Rescind _ -> "rescind";
            case SchedulerEvent.InverseOffers _ -> "inverse_offers";
            case SchedulerEvent.RescindInverse _ -> "rescind_inverse_offer";
            case SchedulerEvent.Update _ -> "update";
            case SchedulerEvent.OperationUpdate _ -> "update_operation_status";
            case SchedulerEvent.Message _ -> "message";
            case SchedulerEvent.Failure _ -> "failure";
            case SchedulerEvent.Failed _ -> "error";
            case SchedulerEvent.Heartbeat _ -> "heartbeat";
        };
    }

    public static String operation(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Launch _ -> "launch";
            case OfferOperation.LaunchGroup _ -> "launch_group";
            case OfferOperation.Reserve _ -> "reserve";
            case OfferOperation.Unreserve _ -> "unreserve";
            case OfferOperation.Create _ -> "create";
            case OfferOperation.Destroy _ -> "destroy";
            case OfferOperation.GrowVolume _ -> "grow_volume";
            case OfferOperation.ShrinkVolume _ -> "shrink_volume";
            case OfferOperation.NotSupported(var _, var type) -> lower(type);
            case OfferOperation.Refused(var _, var type, var _) -> lower(type);
        };
    }

    /** A text that may hold anything as a part of a name: as Mesos writes it, like a part of an address. */
    public static String part(String text) {
        var part = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (PLAIN.indexOf(c) >= 0) {
                part.append(c);
            } else {
                part.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return part.toString();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
