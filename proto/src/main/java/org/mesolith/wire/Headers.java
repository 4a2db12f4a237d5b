package org.mesolith.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HTTP header fields in their order; names compare without case. Immutable. */
public record Headers(List<Field> fields) {
    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    /** One header field. */
    public record Field(String name, String value) {
        /**
         * @throws IllegalArgumentException if the name is not an HTTP token or the value holds a control character:
         *     such a field would end the header block early
         */
        public Field {
            if (name.isEmpty() || !name.chars().allMatch(Headers::isTokenChar)) {
                throw new IllegalArgumentException("header name '" + printable(name) + "' is not an HTTP token");
            }
            if (!value.chars().allMatch(Headers::isValueChar)) {
                throw new IllegalArgumentException("value of header " + name
                        + " holds a character that HTTP/1.1 cannot carry: " + printable(value));
            }
        }
    }

    public Headers {
        fields = List.copyOf(fields);
    }

    /** One field. */
    public static Headers of(String name, String value) {
        return new Headers(List.of(new Field(name, value)));
    }

    /** Two fields. */
    public static Headers of(String name1, String value1, String name2, String value2) {
        return new Headers(List.of(new Field(name1, value1), new Field(name2, value2)));
    }

    /** These fields and one more at the end. */
    public Headers with(String name, String value) {
        var all = new ArrayList<>(fields);
        all.add(new Field(name, value));
        return new Headers(all);
    }

    /** The value of the first field of this name. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** The values of all fields of this name, in order; empty if there is none. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Whether there is a field of this name. */
    public boolean contains(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /**
     * The elements of the comma separated list that all fields of this name make together, trimmed, without empty
     * ones.
     */
    public List<String> list(String name) {
        var elements = new ArrayList<String>();
        for (String value : all(name)) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return List.copyOf(elements);
    }

    static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    static boolean isValueChar(int c) {
        return c == '\t' || (c >= 0x20 && c != 0x7f && c <= 0xff);
    }

    /** At most 100 characters, with control characters and what is beyond ASCII replaced: safe to log or send back. */
    static String printable(String text) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        var out = new StringBuilder(shown.length());
        shown.chars().forEach(c -> out.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return out.toString();
    }
}
