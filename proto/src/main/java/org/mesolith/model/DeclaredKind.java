package org.mesolith.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What sort of object a declaration speaks of. Each sort is changed at once. The numbers are part of the stored format.
 */
public enum DeclaredKind {
    /** How much roles count. */
    WEIGHTS(1),
    /** What agents have set aside for roles. Before quotas: a limit must cover what is reserved. */
    RESERVATIONS(2),
    /** What roles are promised, and what they may have at most. */
    QUOTAS(3),
    /** When machines are taken down. */
    WINDOWS(4);

    private final int number;

    DeclaredKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** As in the interface: {@code weights}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this number, null for one of a newer version. */
    public static @Nullable DeclaredKind of(int number) {
        for (var kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }

    /** The kind of this {@link #text}, null when there is none. */
    public static @Nullable DeclaredKind of(String text) {
        for (var kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        return null;
    }
}
