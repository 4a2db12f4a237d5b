package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.leader.explain.Story.Item;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/** Who holds what is reserved on an agent, and why it cannot be unreserved now. */
public final class ReservationStories {
    private final Picture picture;

    public ReservationStories(Picture picture) {
        this.picture = picture;
    }

    /**
     * Of an admitted agent.
     *
     * @param role only what is reserved for it; null for all roles
     */
    public Story tell(AgentId id, @Nullable String role) {
        var row = Check.present(picture.view().registry().agent(id), "agent");
        var reserved = row.total()
                .filter(entry -> entry.kind().isReserved()
                        && (role == null || entry.kind().isReservedTo(role)));
        var because = new ArrayList<String>();
        var items = new ArrayList<Item>();
        for (var entry : reserved) {
            var hindrance = hindrance(id, entry);
            items.add(new Item(
                    volume(entry) == null ? "reservation" : "volume",
                    Resources.of(entry).toString(),
                    owner(entry),
                    hindrance == null ? "can be unreserved" : "cannot be unreserved: " + hindrance));
            if (hindrance != null) {
                because.add(Resources.of(entry) + " cannot be unreserved: " + hindrance);
            }
        }
        if (because.isEmpty()) {
            because.add(
                    reserved.isEmpty()
                            ? "nothing is reserved" + (role == null ? "" : " for role " + role) + " on the agent"
                            : "everything can be unreserved (RESERVE and UNRESERVE by frameworks, RESERVE_RESOURCES and"
                                    + " UNRESERVE_RESOURCES by operators)");
        }
        var facts = new LinkedHashMap<String, String>();
        facts.put("agent", id.value());
        facts.put("agent state", AgentStories.state(picture.view(), id));
        facts.put("reserved", Reasons.text(reserved));
        var state = reserved.isEmpty() ? "nothing reserved" : "reserved";
        return Story.of("reservations on agent " + id, state, because, facts, items);
    }

    private @Nullable String hindrance(AgentId agent, Resource entry) {
        if (!entry.kind().isDynamicallyReserved()) {
            return "it is reserved by the agent's settings; change its resources there and restart it";
        }
        var users = new ArrayList<String>();
        for (var holding : picture.holdings().of(agent)) {
            for (var used : holding.resources()) {
                if (same(used, entry)) {
                    users.add(holding.named());
                    break;
                }
            }
        }
        var volume = volume(entry);
        if (!users.isEmpty()) {
            return "it is used by " + String.join(", ", users.subList(0, Math.min(3, users.size())))
                    + (users.size() > 3 ? " and " + (users.size() - 3) + " more" : "")
                    + (volume == null ? "" : "; then its volume '" + volume + "' has to be destroyed");
        }
        return volume == null ? null : "its volume '" + volume + "' has to be destroyed first";
    }

    private static boolean same(Resource used, Resource entry) {
        var volume = volume(entry);
        return used.name().equals(entry.name())
                && used.reservations().equals(entry.reservations())
                && (volume == null ? volume(used) == null : volume.equals(volume(used)));
    }

    private static @Nullable String volume(Resource entry) {
        var disk = entry.disk();
        return disk == null ? null : disk.persistenceId();
    }

    private static String owner(Resource entry) {
        List<String> stack = entry.reservations().stream().map(Object::toString).toList();
        return String.join(" > ", stack);
    }
}
