package org.mesolith.state.check;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.ReservationNote;

/** What is left of reservations, what of them is free, and what may be written down of them. */
public final class ReservationChecks {
    private ReservationChecks() {}

    /** Whether something of an agent is reserved in this way, or in a way that refines it. */
    public static boolean isThere(Resources total, ReservationKey key) {
        return total.entries().stream().anyMatch(entry -> key.holds(entry.reservations()));
    }

    /** What is reserved exactly so, volumes with it. */
    public static Resources own(Resources resources, ReservationKey key) {
        return resources.filter(entry -> entry.reservations().equals(key.stack()));
    }

    /** What of this could be given back: reserved exactly so, and not a volume. */
    public static Resources releasable(Resources free, ReservationKey key) {
        return own(free, key).filter(entry -> !entry.kind().isPersistentVolume());
    }

    /** What of a reservation no task uses and no volume is made of. */
    public static Resources free(Registry registry, AgentRow agent, ReservationKey key) {
        var used = registry.allocated(agent.id()).unallocated();
        return releasable(agent.total().without(used.nonShared()), key);
    }

    /** Every role of a framework that has not ended. */
    public static SortedSet<String> rolesOfFrameworks(Registry registry) {
        var roles = new TreeSet<String>();
        registry.frameworks().forEach(row -> roles.addAll(row.info().roles()));
        return roles;
    }

    /** Whether one of these roles may use what is reserved for the role: it is the role, or below it. */
    public static boolean hasFramework(SortedSet<String> roles, String reserved) {
        if (roles.contains(reserved)) {
            return true;
        }
        var below = roles.tailSet(reserved + "/");
        return !below.isEmpty() && below.first().startsWith(reserved + "/");
    }

    /** Whether its time is over. */
    public static boolean isOver(ReservationNote note, Instant now) {
        var expires = note.expires();
        return expires != null && !expires.isAfter(now);
    }

    /** Whether its time is over, and something is to be done about it that can be done now. */
    public static boolean isDue(Registry registry, ReservationNote note, Instant now) {
        if (!isOver(note, now)) {
            return false;
        }
        var agent = registry.agent(note.key().agent());
        if (agent == null || !agent.isRegistered()) {
            return false;
        }
        return note.expiredAt() == null || !free(registry, agent, note.key()).isEmpty();
    }

    /** What is wrong with a wish, as a sentence; null when nothing is. */
    public static @Nullable String problem(ReservationWish wish, Instant now) {
        var owner = wish.owner();
        var purpose = wish.purpose();
        if (owner != null && owner.length() > Limits.RESERVATION_OWNER_CHARS_MAX) {
            return "the owner has " + owner.length() + " characters; at most " + Limits.RESERVATION_OWNER_CHARS_MAX
                    + " are kept";
        }
        if (purpose != null && purpose.length() > Limits.RESERVATION_PURPOSE_CHARS_MAX) {
            return "the purpose has " + purpose.length() + " characters; at most "
                    + Limits.RESERVATION_PURPOSE_CHARS_MAX + " are kept";
        }
        if (isControlled(owner) || isControlled(purpose)) {
            return "owner and purpose are lines of text, without control characters";
        }
        var expires = wish.expires();
        return expires != null && !expires.isAfter(now)
                ? "the expiry " + expires + " is over already; give a later one"
                : null;
    }

    private static boolean isControlled(@Nullable String text) {
        return text != null && text.chars().anyMatch(Character::isISOControl);
    }
}
