package org.mesolith.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read with forgiveness: what is absent is empty. Paths are names joined by dots, as in
 * {@code agent_info.id.value}; they pass through objects only.
 *
 * @param fields in the order of the document; values are JsonObject, List, String, Long, Double, Boolean or null
 */
public record JsonObject(Map<String, @Nullable Object> fields) {

    /** The object without fields. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /** An object of alternating names and values; a value may be null. */
    public static JsonObject of(@Nullable Object... namesAndValues) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (int at = 0; at + 1 < namesAndValues.length; at += 2) {
            fields.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return new JsonObject(fields);
    }

    /** This object with one more field, or another value of it. */
    public JsonObject with(String name, @Nullable Object value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new JsonObject(more);
    }

    /** What lies at the path, or null. */
    public @Nullable Object at(String path) {
        Object value = this;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof JsonObject inner)) {
                return null;
            }
            value = inner.fields.get(name);
        }
        return value;
    }

    /** True if something other than null lies at the path. */
    public boolean has(String path) {
        return at(path) != null;
    }

    /** The text at the path (of a number or boolean its text), or the empty string. */
    public String text(String path) {
        Object value = at(path);
        return value == null || value instanceof JsonObject || value instanceof List ? "" : value.toString();
    }

    /** The whole number at the path, or {@code otherwise}. */
    public long whole(String path, long otherwise) {
        return at(path) instanceof Number number ? number.longValue() : otherwise;
    }

    /** The number at the path, or {@code otherwise}. */
    public double number(String path, double otherwise) {
        return at(path) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** True only if {@code true} lies at the path. */
    public boolean isTrue(String path) {
        return Boolean.TRUE.equals(at(path));
    }

    /** The object at the path, or the empty one. */
    public JsonObject object(String path) {
        return at(path) instanceof JsonObject inner ? inner : EMPTY;
    }

    /** The objects of the list at the path; other elements are left out. */
    public List<JsonObject> objects(String path) {
        var found = new ArrayList<JsonObject>();
        if (at(path) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof JsonObject inner) {
                    found.add(inner);
                }
            }
        }
        return found;
    }

    /** The texts of the list at the path. */
    public List<String> texts(String path) {
        var found = new ArrayList<String>();
        if (at(path) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    found.add(text);
                }
            }
        }
        return found;
    }
}
