package org.mesolith.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.state.Registry;
import org.mesolith.state.check.ReservationChecks;
import org.mesolith.state.row.AgentRow;

/** Every reservation of every agent, by agent and reservation, without those of roles that somebody may not see. */
public final class ReservationViews {
    private static final int USERS_NAMED_MAX = 5;

    private final Registry registry;
    private final Sight sight;
    private final SortedSet<String> roles;

    /** When the last framework of a role ended, of those that are remembered. */
    private final TreeMap<String, Instant> ended = new TreeMap<>();

    public ReservationViews(Registry registry, Sight sight) {
        this.registry = registry;
        this.sight = sight;
        this.roles = ReservationChecks.rolesOfFrameworks(registry);
        for (var framework : registry.completedFrameworks()) {
            for (var role : framework.framework().info().roles()) {
                note(role, framework.completedAt());
                Roles.ancestors(role).forEach(above -> note(above, framework.completedAt()));
            }
        }
    }

    private void note(String role, Instant at) {
        ended.merge(role, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** All of them. */
    public List<ReservationView> all() {
        var views = new ArrayList<ReservationView>();
        for (var agent : registry.agents()) {
            var keys = new TreeSet<ReservationKey>();
            for (var entry : agent.total()) {
                if (entry.kind().isReserved() && isSeen(entry.reservations())) {
                    keys.add(new ReservationKey(agent.id(), entry.reservations()));
                }
            }
            for (var key : keys) {
                views.add(view(agent, key));
            }
        }
        return views;
    }

    private boolean isSeen(List<Reservation> stack) {
        return stack.stream().map(Reservation::role).allMatch(sight::seesRole);
    }

    private ReservationView view(AgentRow agent, ReservationKey key) {
        var own = ReservationChecks.own(agent.total(), key);
        var used = ReservationChecks.own(registry.allocated(agent.id()).unallocated(), key);
        var volumes = new ArrayList<String>();
        for (var volume : own.persistentVolumes()) {
            var disk = volume.disk();
            volumes.add(String.valueOf(disk == null ? null : disk.persistenceId()));
        }
        var note = registry.reservationNote(key);
        boolean orphan = !ReservationChecks.hasFramework(roles, key.role());
        return new ReservationView(
                key,
                agent.info().hostname(),
                agent.isRegistered(),
                own,
                used,
                volumes,
                used.isEmpty() ? List.of() : users(agent, key),
                note,
                orphan,
                orphan ? since(key.role(), note == null ? null : note.madeAt()) : null);
    }

    /** The later one of when the last framework ended and when it was reserved, as far as either is known. */
    private @Nullable Instant since(String role, @Nullable Instant made) {
        var last = ended.get(role);
        return last == null || (made != null && made.isAfter(last)) ? made : last;
    }

    private List<String> users(AgentRow agent, ReservationKey key) {
        var users = new ArrayList<String>();
        int all = 0;
        for (var task : registry.tasksOfAgent(agent.id())) {
            if (task.holdsResources() && uses(task.resources(), key)) {
                all++;
                if (all <= USERS_NAMED_MAX && sight.isWhole()) {
                    users.add("task " + task.taskId());
                }
            }
        }
        for (var executor : registry.executorsOfAgent(agent.id())) {
            if (uses(executor.resources(), key)) {
                all++;
                if (all <= USERS_NAMED_MAX && sight.isWhole()) {
                    users.add("executor " + executor.id());
                }
            }
        }
        if (all > users.size()) {
            users.add(users.isEmpty() ? all + " tasks" : (all - users.size()) + " more");
        }
        return users;
    }

    private static boolean uses(Resources resources, ReservationKey key) {
        return !ReservationChecks.own(resources, key).isEmpty();
    }
}
