package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quota;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.state.row.ReservationNote;

/** What the changes of a command mean for those who look from outside. One use, one thread. */
final class EventRules {
    private final Registry before;
    private final List<Event> events = new ArrayList<>();
    private final TreeMap<AgentId, AgentRow> agents = new TreeMap<>();
    private final TreeMap<FrameworkId, FrameworkRow> frameworks = new TreeMap<>();
    private final TaskEvents tasks;

    /** Whether reservations that end do so because their time is over. */
    private final boolean expiring;

    /** Whether what leaves the reservations of an agent was given back by this command, which does not say how much. */
    private final boolean returning;

    private EventRules(Registry before, Command command) {
        this.before = before;
        this.expiring = command instanceof ReservationCommand.ExpireReservations;
        this.returning = expiring || command instanceof ReservationCommand.ReleaseReservations;
        this.tasks = new TaskEvents(before, events);
    }

    /** The events of a decision, in the order of its changes; none of a refused one. */
    static List<Event> of(Registry before, Command command, Outcome outcome) {
        if (!(outcome instanceof Outcome.Accepted(var changes, var result)) || changes.isEmpty()) {
            return List.of();
        }
        var rules = new EventRules(before, command);
        ResourceEvents.add(command, result, rules.events);
        for (var change : changes) {
            rules.add(change);
        }
        rules.tasks.end();
        return rules.events;
    }

    private void add(Change change) {
        switch (change) {
            case Change.TaskPut(var row) -> tasks.put(row);
            case Change.TaskRemoved(var key) -> tasks.removed(key);
            case Change.CompletedTaskPut(var row) -> tasks.completed(row.task());
            case Change.AgentPut(var row) -> agent(row);
            case Change.AgentRemoved(var id) -> say(EventKind.AGENT_REMOVED, id.value());
            case Change.GoneAgentPut(var row) ->
                say(EventKind.AGENT_GONE, row.id().value());
            case Change.FrameworkPut(var row) -> framework(row);
            case Change.FrameworkRemoved(var id) -> say(EventKind.FRAMEWORK_REMOVED, id.value());
            case Change.WeightPut(var row) -> say(EventKind.WEIGHT_UPDATED, row.role(), weight(row));
            case Change.QuotaPut(var row) -> quota(row);
            case Change.MaintenancePut(var row) ->
                say(
                        EventKind.MAINTENANCE_UPDATED,
                        "",
                        fact("scheduled", AuditTexts.machines(row.scheduled().keySet())),
                        fact("down", AuditTexts.machines(row.down())));
            case Change.DrainPlanPut(var row) -> drain(row);
            case Change.ReservationNotePut(var row) -> note(row);
            case Change.ReservationNoteRemoved(var key) -> ended(before.reservationNote(key));
            case Change.DeclarationPut(var row) ->
                say(
                        EventKind.DECLARATION_APPLIED,
                        row.name(),
                        fact("kind", row.kind().text()),
                        fact("objects", Integer.toString(row.objects().size())));
            case Change.DeclarationRemoved(var name, var kind) ->
                say(EventKind.DECLARATION_REMOVED, name, fact("kind", kind.text()));
            case Change.MembershipPut(var row) -> members(row);
            case Change.ClusterPut(var row) -> cluster(row);
            case Change.GoneAgentRemoved _,
                    Change.CompletedFrameworkPut _,
                    Change.CompletedFrameworkRemoved _,
                    Change.CompletedTaskRemoved _,
                    Change.DrainPlanRemoved _,
                    Change.TaskInfoPut _,
                    Change.TaskStatusPut _,
                    Change.TaskDetailsRemoved _,
                    Change.ExecutorPut _,
                    Change.ExecutorRemoved _,
                    Change.OperationPut _,
                    Change.OperationRemoved _,
                    Change.CountersPut _,
                    Change.TimePut _,
                    Change.DigestNotePut _,
                    Change.RequestPut _,
                    Change.RequestRemoved _,
                    Change.JournalPut _,
                    Change.EventsPut _,
                    Change.EventsForgotten _,
                    Change.AuditPut _,
                    Change.AuditsForgotten _ -> {
                // Nobody outside is promised anything by these.
            }
        }
    }

    private void say(EventKind kind, String subject, Event.Fact... facts) {
        events.add(new Event(kind, subject, List.of(facts)));
    }

    static Event.Fact fact(String name, String text) {
        return new Event.Fact(name, AuditTexts.cut(text));
    }

    private static Event.Fact weight(Weight row) {
        return fact("weight", AuditTexts.weight(row));
    }

    private void quota(Quota row) {
        if (row.isNone()) {
            say(EventKind.QUOTA_REMOVED, row.role());
        } else {
            say(
                    EventKind.QUOTA_UPDATED,
                    row.role(),
                    fact("guarantees", row.guarantees().toString()),
                    fact("limits", AuditTexts.limits(row)));
        }
    }

    private void agent(AgentRow row) {
        var id = row.id().value();
        var changed = agents.put(row.id(), row);
        var was = changed == null ? before.agent(row.id()) : changed;
        if (was != null && returning) {
            ResourceEvents.givenBack(was, row, events);
        }
        if (was == null) {
            say(EventKind.AGENT_ADDED, id, fact("hostname", row.info().hostname()));
            return;
        }
        int told = events.size();
        if (was.isRegistered() != row.isRegistered()) {
            say(row.isRegistered() ? EventKind.AGENT_REACHABLE : EventKind.AGENT_UNREACHABLE, id);
        }
        if (was.deactivated() != row.deactivated()) {
            say(row.deactivated() ? EventKind.AGENT_DEACTIVATED : EventKind.AGENT_REACTIVATED, id);
        }
        drain(was, row);
        boolean returned = told == events.size() && !row.admittedAt().equals(was.admittedAt());
        if (returned || !was.info().equals(row.info()) || !was.address().equals(row.address())) {
            say(EventKind.AGENT_UPDATED, id, fact("hostname", row.info().hostname()));
        }
    }

    private void note(ReservationNote row) {
        var was = before.reservationNote(row.key());
        if (row.expiredAt() != null && (was == null || was.expiredAt() == null)) {
            expired(row);
        } else if (was == null ? row.isSaying() : !AuditTexts.note(was).equals(AuditTexts.note(row))) {
            note(EventKind.RESERVATION_NOTED, row, fact("note", AuditTexts.note(row)));
        }
    }

    private void ended(@Nullable ReservationNote was) {
        if (expiring && was != null && was.expiredAt() == null) {
            expired(was);
        }
    }

    private void expired(ReservationNote row) {
        note(EventKind.RESERVATION_EXPIRED, row, fact("owner", row.owner()));
    }

    private void note(EventKind kind, ReservationNote row, Event.Fact more) {
        say(kind, row.key().agent().value(), fact("reservation", row.key().stackText()), more);
    }

    private void drain(AgentRow was, AgentRow row) {
        var drain = row.drain();
        var earlier = was.drain();
        if (drain == null || drain.equals(earlier)) {
            return;
        }
        say(
                drain.drained() ? EventKind.AGENT_DRAINED : EventKind.AGENT_DRAINING,
                row.id().value(),
                fact("mark_gone", Boolean.toString(drain.markGone())));
    }

    /** What happens to its agents is told by their own events. */
    private void drain(DrainPlan row) {
        var was = before.drainPlan(row.number());
        if (was == null) {
            drain(EventKind.DRAIN_PLANNED, row);
        }
        var state = was == null ? DrainPlan.State.RUNNING : was.state();
        if (state != row.state()) {
            drain(
                    switch (row.state()) {
                        case RUNNING -> EventKind.DRAIN_RESUMED;
                        case PAUSED -> EventKind.DRAIN_PAUSED;
                        case DONE -> EventKind.DRAIN_DONE;
                        case LATE -> EventKind.DRAIN_LATE;
                        case CANCELLED -> EventKind.DRAIN_CANCELLED;
                    },
                    row);
        }
        int batch = was == null ? 0 : begun(was);
        if (begun(row) > batch) {
            drain(EventKind.DRAIN_BATCH_BEGUN, row);
        }
    }

    /** The last batch of which an agent was or is emptied. */
    private static int begun(DrainPlan row) {
        return row.parts().stream()
                .filter(part -> part.step() != DrainPlan.Step.WAITING && part.step() != DrainPlan.Step.GONE)
                .mapToInt(DrainPlan.Part::batch)
                .max()
                .orElse(0);
    }

    private void drain(EventKind kind, DrainPlan row) {
        say(
                kind,
                row.id(),
                fact("batch", begun(row) + "/" + row.batches()),
                fact(
                        "drained",
                        row.count(DrainPlan.Step.DRAINED) + "/" + row.parts().size()));
    }

    private void framework(FrameworkRow row) {
        var id = row.id().value();
        var changed = frameworks.put(row.id(), row);
        var was = changed == null ? before.framework(row.id()) : changed;
        if (was == null) {
            say(
                    EventKind.FRAMEWORK_ADDED,
                    id,
                    fact("name", row.info().name()),
                    fact("roles", String.join(",", row.info().roles())));
            return;
        }
        if (!was.info().equals(row.info())) {
            say(EventKind.FRAMEWORK_UPDATED, id, fact("name", row.info().name()));
        }
        if (row.disconnectedSince() != null) {
            if (was.disconnectedSince() == null) {
                say(EventKind.FRAMEWORK_DISCONNECTED, id);
            }
        } else if (was.disconnectedSince() != null || again(was, row)) {
            say(EventKind.FRAMEWORK_CONNECTED, id);
        }
    }

    private static boolean again(FrameworkRow was, FrameworkRow row) {
        var at = row.reregisteredAt();
        return at != null && !at.equals(was.reregisteredAt());
    }

    private void cluster(ClusterRow row) {
        var was = before.cluster();
        if (!was.exists()) {
            say(
                    EventKind.CLUSTER_CREATED,
                    row.clusterId(),
                    fact("epoch", Long.toString(row.epoch())),
                    fact("feature_level", Integer.toString(row.featureLevel())));
            return;
        }
        if (was.epoch() != row.epoch()) {
            say(EventKind.CLUSTER_EPOCH_RAISED, row.clusterId(), fact("epoch", Long.toString(row.epoch())));
        }
        if (was.featureLevel() != row.featureLevel()) {
            say(
                    EventKind.CLUSTER_LEVEL_RAISED,
                    row.clusterId(),
                    fact("feature_level", Integer.toString(row.featureLevel())));
        }
    }

    private void members(MembershipRow row) {
        var was = before.membership();
        for (var token : row.tokens()) {
            if (was.token(token.hash()) == null) {
                say(
                        EventKind.MEMBER_INVITED,
                        "",
                        fact("expires", token.expires().toString()));
            }
        }
        for (var member : row.members()) {
            var earlier = was.member(member.id());
            if (member.equals(earlier)) {
                continue;
            }
            say(
                    kind(earlier != null && !earlier.isRemoved(), member.isRemoved()),
                    member.id(),
                    place(member.host(), member.httpPort()));
        }
    }

    private static EventKind kind(boolean known, boolean removed) {
        return removed ? EventKind.MEMBER_REMOVED : known ? EventKind.MEMBER_UPDATED : EventKind.MEMBER_ADDED;
    }

    private static Event.Fact place(@Nullable String host, int port) {
        return fact("address", host + ":" + port);
    }
}
