package org.mesolith.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names what one agent has reserved in one way: for a role, by a principal, with labels, on top of what else. Two of
 * one agent never have the same name.
 *
 * @param stack the reservations, oldest first; the last one counts; at least one
 */
public record ReservationKey(AgentId agent, List<Reservation> stack) implements Comparable<ReservationKey> {
    /**
     * @throws IllegalArgumentException when the stack is empty
     */
    public ReservationKey {
        stack = List.copyOf(stack);
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("a reservation without a level");
        }
    }

    /** For which role. */
    public String role() {
        return stack.getLast().role();
    }

    /** Who made the level that counts, null for nobody with a name. */
    public @Nullable String principal() {
        return stack.getLast().principal();
    }

    /** Whether an operation made the level that counts, so that one can end it. */
    public boolean isDynamic() {
        return stack.getLast().isDynamic();
    }

    /** Whether something reserved so is reserved in this way: exactly, or refined further. */
    public boolean holds(List<Reservation> reservations) {
        return reservations.size() >= stack.size()
                && reservations.subList(0, stack.size()).equals(stack);
    }

    /** As in the text of resources: {@code ads|+ads/web@ops}. */
    public String stackText() {
        return stack.stream().map(Reservation::toString).collect(Collectors.joining("|"));
    }

    @Override
    public int compareTo(ReservationKey other) {
        int byAgent = agent.compareTo(other.agent);
        return byAgent != 0 ? byAgent : Lists.compare(stack, other.stack);
    }

    /** {@code S1 +ads@ops}. */
    @Override
    public String toString() {
        return agent + " " + stackText();
    }
}
