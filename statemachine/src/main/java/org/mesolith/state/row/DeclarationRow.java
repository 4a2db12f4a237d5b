package org.mesolith.state.row;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.DeclaredKind;

/**
 * What a declaration said last of one kind of objects.
 *
 * @param revision log index of the command
 * @param principal who said it, empty when nobody asked for a name
 * @param objects what each object should hold, by its key
 */
public record DeclarationRow(
        String name,
        DeclaredKind kind,
        long revision,
        Instant at,
        String principal,
        SortedMap<String, String> objects) {
    public DeclarationRow {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /** The name of the row: one for each declaration and kind. */
    public String id() {
        return id(name, kind);
    }

    public static String id(String name, DeclaredKind kind) {
        return name + "/" + kind.text();
    }
}
