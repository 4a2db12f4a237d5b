package org.mesolith.leader.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.OperatorEvent;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.model.AgentId;
import org.mesolith.model.Offer;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;
import org.mesolith.view.Portraits;

/** What the changes of a command are to operators who listen, in their order. */
final class WatchEvents {
    private final Supplier<List<Offer>> offers;

    /** @param offers that are open */
    WatchEvents(Supplier<List<Offer>> offers) {
        this.offers = offers;
    }

    /** The events of a decision; none of a refused one. */
    List<OperatorEvent> of(Applied applied) {
        return applied.outcome() instanceof Outcome.Accepted(var changes, var _) && !changes.isEmpty()
                ? new One(applied.before(), applied.after(), changes).events()
                : List.of();
    }

    /** An agent that may be offered from now on: it has a link, or is about to have one. */
    OperatorEvent added(AgentRow row, Registry registry) {
        var peer = row.address().isEmpty() ? row.info().hostname() : row.address();
        return new OperatorEvent.AgentAdded(Portraits.agent(row, registry, true, peer, List.of(), null));
    }

    /** One command. */
    private final class One {
        private final Registry before;
        private final Registry after;
        private final List<Change> changes;
        private final List<OperatorEvent> events = new ArrayList<>();
        private final TreeMap<TaskKey, TaskRow> tasks = new TreeMap<>();
        private final TreeMap<TaskKey, TaskStatus> told = new TreeMap<>();

        One(Registry before, Registry after, List<Change> changes) {
            this.before = before;
            this.after = after;
            this.changes = changes;
        }

        List<OperatorEvent> events() {
            changes.forEach(this::look);
            return events;
        }

        private void look(Change change) {
            switch (change) {
                case Change.TaskPut(var row) -> {
                    tasks.put(row.key(), row);
                    updated(row);
                }
                case Change.TaskInfoPut(var run, var name, var info) -> {
                    var row = tasks.get(run.key());
                    if (row != null) {
                        var detail = new TaskDetail(name, info, List.of());
                        events.add(new OperatorEvent.TaskAdded(Portraits.task(row, detail)));
                    }
                }
                case Change.TaskStatusPut(var run, var _, var status) -> told.put(run.key(), status);
                case Change.CompletedTaskPut(var completed) -> updated(completed.task());
                case Change.AgentPut(var row) -> agent(row);
                case Change.AgentRemoved(var id) -> removed(id);
                case Change.FrameworkPut(var row) -> framework(row);
                case Change.FrameworkRemoved(var id) -> {
                    var row = before.framework(id);
                    if (row != null) {
                        events.add(new OperatorEvent.FrameworkRemoved(row.info()));
                    }
                }
                case Change.TaskRemoved _,
                        Change.GoneAgentPut _,
                        Change.WeightPut _,
                        Change.QuotaPut _,
                        Change.MaintenancePut _,
                        Change.DrainPlanPut _,
                        Change.MembershipPut _,
                        Change.ClusterPut _,
                        Change.GoneAgentRemoved _,
                        Change.CompletedFrameworkPut _,
                        Change.CompletedFrameworkRemoved _,
                        Change.CompletedTaskRemoved _,
                        Change.DrainPlanRemoved _,
                        Change.ReservationNotePut _,
                        Change.ReservationNoteRemoved _,
                        Change.DeclarationPut _,
                        Change.DeclarationRemoved _,
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
                    // Mesos' stream does not tell of these; GET /events does.
                }
            }
        }

        /** A status is told with the row that it leads to, which comes behind it. */
        private void updated(TaskRow row) {
            var status = told.remove(row.key());
            if (status != null) {
                events.add(new OperatorEvent.TaskUpdated(row.key(), status, row.state()));
            }
        }

        private void agent(AgentRow row) {
            var was = before.agent(row.id());
            if (row.isRegistered() && (was == null || !was.isRegistered())) {
                events.add(added(row, after));
            }
        }

        /** Of one that is unreachable or gone Mesos tells nothing. */
        private void removed(AgentId id) {
            var was = before.agent(id);
            if (was != null && was.isRegistered() && after.goneAgent(id) == null) {
                events.add(new OperatorEvent.AgentRemoved(id));
            }
        }

        /** What it wants of offers is said anew with what is told here, and heard behind it. */
        private FrameworkView shown(FrameworkRow row, boolean connected, List<Offer> open) {
            return Portraits.framework(row, after, connected, false, open, new TreeMap<>());
        }

        private void framework(FrameworkRow row) {
            var was = before.framework(row.id());
            boolean connected = row.disconnectedSince() == null;
            if (was == null) {
                events.add(new OperatorEvent.FrameworkAdded(shown(row, connected, List.of())));
            } else if (!Objects.equals(was.reregisteredAt(), row.reregisteredAt())) {
                // Whoever subscribes again has no offers.
                events.add(new OperatorEvent.FrameworkUpdated(shown(row, connected, List.of())));
            } else if (!was.info().equals(row.info())) {
                var open = offers.get().stream()
                        .filter(offer -> offer.framework().equals(row.id()))
                        .toList();
                events.add(new OperatorEvent.FrameworkUpdated(shown(row, connected, open)));
            }
        }
    }
}
