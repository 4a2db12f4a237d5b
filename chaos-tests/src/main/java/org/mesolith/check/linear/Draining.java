package org.mesolith.check.linear;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far an agent is with its drain. Orders are writes under {@link #KEY}: {@code drain}, {@code deactivate},
 * {@code reactivate}, {@code plan} (somebody will begin to drain it) and {@code cancel} (of the plan). From
 * {@code DRAINING} to {@code DRAINED}, and from {@code PLANNED} on, it goes by itself, and never back.
 */
public record Draining() implements Model<String> {
    /** Under which orders are written and states are read. */
    public static final String KEY = "state";

    private static final String ACTIVE = "ACTIVE";
    private static final String DEACTIVATED = "DEACTIVATED";
    private static final String DRAINING = "DRAINING";
    private static final String DRAINED = "DRAINED";
    private static final String PLANNED = "PLANNED";

    /** A plan may take an agent that is in use only as far as it says; it is shown as in use until it begins. */
    private static final String BY_PLAN = "PLAN-";

    @Override
    public String initial() {
        return ACTIVE;
    }

    @Override
    public @Nullable String next(String before, Operation operation) {
        String order = operation.writes().get(KEY);
        return order == null ? read(before, operation.reads().getOrDefault(KEY, "")) : ordered(before, order);
    }

    private static @Nullable String ordered(String before, String order) {
        return switch (order) {
            case "drain" -> DRAINING;
            case "deactivate" -> before.equals(ACTIVE) ? DEACTIVATED : before;
            // It may have become empty in this moment.
            case "reactivate" -> before.equals(ACTIVE) || before.equals(PLANNED) ? null : ACTIVE;
            case "plan" -> before.equals(ACTIVE) || before.equals(DEACTIVATED) ? PLANNED : null;
            case "cancel" -> before.equals(PLANNED) || before.startsWith(BY_PLAN) ? ACTIVE : before;
            default -> null;
        };
    }

    private static @Nullable String read(String before, String shown) {
        return switch (before) {
            case DRAINING -> Set.of(DRAINING, DRAINED).contains(shown) ? shown : null;
            case PLANNED ->
                shown.equals(ACTIVE) ? PLANNED : Set.of(DRAINING, DRAINED).contains(shown) ? BY_PLAN + shown : null;
            case BY_PLAN + DRAINING -> Set.of(DRAINING, DRAINED).contains(shown) ? BY_PLAN + shown : null;
            case BY_PLAN + DRAINED -> shown.equals(DRAINED) ? before : null;
            default -> shown.equals(before) ? before : null;
        };
    }
}
