package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.Result;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.row.AgentRow;

/** Reservations and volumes that a command has made or ended. */
final class ResourceEvents {
    private ResourceEvents() {}

    /** @param events where they are added */
    static void add(Command command, Result result, List<Event> events) {
        if (command instanceof ReservationCommand.OperateAgent(var agent, var operation)) {
            say(agent, null, operation, events);
        } else if (command instanceof ReservationCommand.ReserveAgents(var agents, var resources, var _)) {
            var operation = new OfferOperation.Reserve(null, Resources.EMPTY, resources);
            agents.forEach(agent -> say(agent, null, operation, events));
        } else if (command instanceof FrameworkCommand.AcceptOffers accept
                && result instanceof Result.OffersAccepted(var outcomes)) {
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Result.OperationOutcome.Performed) {
                    say(
                            accept.agent(),
                            accept.framework().value(),
                            accept.operations().get(i),
                            events);
                }
            }
        }
    }

    /** What an agent gave back because the time of reservations was over. */
    static void givenBack(AgentRow was, AgentRow is, List<Event> events) {
        var given = was.reserved().without(is.reserved());
        if (!given.isEmpty()) {
            say(was.id(), null, new OfferOperation.Unreserve(null, given), events);
        }
    }

    private static void say(AgentId agent, @Nullable String framework, OfferOperation operation, List<Event> events) {
        var kind = kind(operation);
        if (kind == null) {
            return;
        }
        var facts = new ArrayList<Event.Fact>(2);
        if (framework != null) {
            facts.add(new Event.Fact("framework", framework));
        }
        facts.add(EventRules.fact("resources", resources(operation).toString()));
        events.add(new Event(kind, agent.value(), facts));
    }

    private static @Nullable EventKind kind(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Reserve _ -> EventKind.RESOURCES_RESERVED;
            case OfferOperation.Unreserve _ -> EventKind.RESOURCES_UNRESERVED;
            case OfferOperation.Create _ -> EventKind.VOLUME_CREATED;
            case OfferOperation.Destroy _ -> EventKind.VOLUME_DESTROYED;
            case OfferOperation.GrowVolume _ -> EventKind.VOLUME_GROWN;
            case OfferOperation.ShrinkVolume _ -> EventKind.VOLUME_SHRUNK;
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> null;
        };
    }

    /** For the audit. */
    static String text(OfferOperation operation) {
        var kind = kind(operation);
        return (kind == null ? "other" : kind.text()) + " " + resources(operation);
    }

    /** What the operation is about; nothing for a launch. */
    static Resources resources(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Reserve(var _, var _, var resources) -> resources;
            case OfferOperation.Unreserve(var _, var resources) -> resources;
            case OfferOperation.Create(var _, var volumes) -> volumes;
            case OfferOperation.Destroy(var _, var volumes) -> volumes;
            case OfferOperation.GrowVolume(var _, var volume, var _) -> volume;
            case OfferOperation.ShrinkVolume(var _, var volume, long _) -> volume;
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> Resources.EMPTY;
        };
    }
}
