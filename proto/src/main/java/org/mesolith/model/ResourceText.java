package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Resources as text: what Mesos takes for {@code --resources}, and an extended form that can say more.
 *
 * <pre>
 * resources   = [ resource { ";" resource } ]
 * resource    = name [ "(" stack ")" ] [ "[" disk "]" ] { flag } ":" value [ copies ]
 * stack       = reservation { "|" reservation }            oldest first
 * reservation = [ "+" ] role [ "@" principal ] [ "#" label { "," label } ]     "+" = dynamic
 * label       = key [ "=" value ]
 * disk        = source | volume | source "," volume
 * source      = ( "PATH" | "MOUNT" | "BLOCK" | "RAW" ) [ ":" root ] [ "(" vendor "," id "," profile ")" ]
 * volume      = persistence-id [ ":" container-path ]
 * flag        = "{REV}" | "&lt;SHARED>" | "{FOR " allocated-role "}" | "{FROM " provider-id "}"
 * value       = number | "[" a-b { "," a-b } "]" | "{" item { "," item } "}"
 * copies      = "&lt;" n ">"                                   of shared ones
 * </pre>
 *
 * <p>The text does not carry who made a volume, its mode and host path, nor the metadata of a disk source; and it is
 * only read back equal if no name in it contains {@code ( ) [ ] { } < > | # @ ; : , =}.
 */
public final class ResourceText {
    private static final int ENTRIES_MAX = 10_000;

    private ResourceText() {}

    /** Reads the extended form. @throws MalformedTextException with the place and reason */
    public static Resources parse(String text) {
        List<Resource> entries = new ArrayList<>();
        for (String piece : pieces(text)) {
            entries.add(new ResourceScanner(piece).read());
        }
        return sum(entries);
    }

    /**
     * Reads {@code name[(role)]:value;…} as Mesos does: a role in parentheses is a static reservation.
     *
     * @param defaultRole the role of entries that name none; {@code *} leaves them unreserved
     * @throws MalformedTextException with the place and reason, also if the resources are not valid
     */
    public static Resources parsePlain(String text, String defaultRole) {
        List<Resource> entries = new ArrayList<>();
        for (String piece : pieces(text)) {
            entries.add(plain(piece.strip(), defaultRole));
        }
        List<String> problems = ResourceProblems.of(entries);
        if (!problems.isEmpty()) {
            throw new MalformedTextException(String.join("; ", problems));
        }
        return Resources.of(entries);
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (String piece : text.split("[;\n]", -1)) {
            if (!piece.isBlank()) {
                pieces.add(piece);
            }
        }
        if (pieces.size() > ENTRIES_MAX) {
            throw new MalformedTextException(
                    "text has " + pieces.size() + " resources; at most " + ENTRIES_MAX + " are read");
        }
        return pieces;
    }

    private static Resource plain(String piece, String defaultRole) {
        int colon = piece.indexOf(':');
        if (colon < 0) {
            throw new MalformedTextException(
                    "resource \"" + piece + "\" has no value; write name:value or name(role):value");
        }
        String head = piece.substring(0, colon).strip();
        int open = head.indexOf('(');
        int close = head.indexOf(')');
        boolean withRole = open >= 0 && close == head.length() - 1;
        if (!withRole && (open >= 0 || close >= 0)) {
            throw new MalformedTextException(
                    "resource \"" + piece + "\" has parentheses that do not match; write name(role):value");
        }
        String name = withRole ? head.substring(0, open).strip() : head;
        String role = withRole ? head.substring(open + 1, close).strip() : defaultRole;
        ResourceKind kind = ResourceKind.plain(name);
        if (!role.equals(Roles.STAR)) {
            kind = kind.pushReservation(Reservation.fixed(role));
        }
        return Resource.of(kind, amount(name, piece.substring(colon + 1)));
    }

    /** The value of a resource: everything but a text. */
    static Value amount(String name, String text) {
        Value value = ValueText.parse(text);
        if (value instanceof Value.Text(String other)) {
            throw new MalformedTextException("resource " + name + " has the value \"" + other
                    + "\"; write a number of 0 or more, [a-b,c-d] or {x,y}");
        }
        return value;
    }

    private static Resources sum(List<Resource> entries) {
        List<String> problems = ResourceProblems.ofSum(entries);
        if (!problems.isEmpty()) {
            throw new MalformedTextException(String.join("; ", problems));
        }
        return Resources.of(entries);
    }

    /** Writes the extended form, in the order of content. */
    public static String print(Resources resources) {
        StringBuilder text = new StringBuilder();
        for (Resource entry : resources) {
            text.append(text.isEmpty() ? "" : ";").append(print(entry));
        }
        return text.toString();
    }

    /** Writes one resource in the extended form. */
    public static String print(Resource resource) {
        ResourceKind kind = resource.kind();
        StringBuilder text = new StringBuilder(kind.name());
        if (kind.isReserved()) {
            text.append('(');
            text.append(String.join(
                    "|", kind.reservations().stream().map(Reservation::toString).toList()));
            text.append(')');
        }
        if (kind.disk() != null) {
            text.append('[').append(print(kind.disk())).append(']');
        }
        text.append(kind.revocable() ? "{REV}" : "");
        text.append(kind.shared() ? "<SHARED>" : "");
        text.append(kind.allocatedRole() == null ? "" : "{FOR " + kind.allocatedRole() + "}");
        text.append(kind.providerId() == null ? "" : "{FROM " + kind.providerId() + "}");
        text.append(':').append(resource.value().text());
        text.append(resource.copies() == 1 ? "" : "<" + resource.copies() + ">");
        return text.toString();
    }

    private static String print(Disk disk) {
        StringBuilder text = new StringBuilder();
        Disk.Source source = disk.source();
        if (source != null) {
            text.append(source.type().name());
            text.append(source.root() == null ? "" : ":" + source.root());
            if (source.vendor() != null || source.id() != null || source.profile() != null) {
                text.append('(').append(source.vendor() == null ? "" : source.vendor());
                text.append(',').append(source.id() == null ? "" : source.id());
                text.append(',').append(source.profile() == null ? "" : source.profile());
                text.append(')');
            }
        }
        if (disk.persistence() != null) {
            text.append(source == null ? "" : ",").append(disk.persistence().id());
            text.append(disk.volume() == null ? "" : ":" + disk.volume().containerPath());
        }
        return text.toString();
    }
}
