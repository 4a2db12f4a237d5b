package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one resource of the extended text form from left to right; see {@link ResourceText}. One thread. */
final class ResourceScanner {
    private static final String NAME_ENDS = "([{<:)]}>";
    private static final String FOR = "{FOR ";
    private static final String FROM = "{FROM ";
    private static final int COPIES_DIGITS_MAX = 9;

    private final String text;
    private int at;

    ResourceScanner(String text) {
        this.text = text.strip();
    }

    Resource read() {
        int start = at;
        while (at < text.length() && NAME_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(start, at).strip();
        if (name.isEmpty()) {
            throw wrong("has no name");
        }
        ResourceKind kind = ResourceKind.plain(name);
        if (sees("(")) {
            kind = kind.withReservations(stack(enclosed('(', ')')));
        }
        if (sees("[")) {
            kind = kind.withDisk(disk(enclosed('[', ']')));
        }
        while (!sees(":")) {
            kind = flag(kind);
        }
        at++;
        int copies = 1;
        String value = text.substring(at);
        if (kind.shared() && value.endsWith(">")) {
            int open = value.lastIndexOf('<');
            copies = copies(open < 0 ? "" : value.substring(open + 1, value.length() - 1));
            value = value.substring(0, open);
        }
        return new Resource(kind, ResourceText.amount(name, value), copies);
    }

    private boolean sees(String wanted) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.startsWith(wanted, at);
    }

    /** The text between two brackets that match, which are skipped. */
    private String enclosed(char open, char close) {
        int depth = 0;
        int start = at;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == open ? 1 : c == close ? -1 : 0;
            if (depth == 0) {
                at++;
                return text.substring(start + 1, at - 1);
            }
        }
        throw wrong("has a \"" + open + "\" without \"" + close + "\"");
    }

    private ResourceKind flag(ResourceKind kind) {
        if (sees("<SHARED>")) {
            at += "<SHARED>".length();
            return kind.withShared(true);
        }
        if (!sees("{")) {
            throw wrong("has no \":\" before its value, or something unknown before that");
        }
        boolean forRole = sees(FOR);
        boolean fromProvider = sees(FROM);
        String flag = enclosed('{', '}');
        if (forRole) {
            return kind.allocatedTo(flag.substring(FOR.length() - 1).strip());
        }
        if (fromProvider) {
            return kind.withProvider(flag.substring(FROM.length() - 1).strip());
        }
        if (!flag.equals("REV")) {
            throw wrong("has the unknown flag {" + flag + "}; known are {REV}, <SHARED>, {FOR role}, {FROM provider}");
        }
        return kind.withRevocable(true);
    }

    private int copies(String digits) {
        if (digits.isEmpty()
                || digits.length() > COPIES_DIGITS_MAX
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                || Integer.parseInt(digits) == 0) {
            throw wrong("has the copies <" + digits + ">; write a whole number of 1 or more");
        }
        return Integer.parseInt(digits);
    }

    private List<Reservation> stack(String inner) {
        List<Reservation> stack = new ArrayList<>();
        for (String piece : inner.split("\\|", -1)) {
            stack.add(reservation(piece.strip()));
        }
        return stack;
    }

    private Reservation reservation(String piece) {
        int hash = piece.indexOf('#');
        Labels labels = hash < 0 ? Labels.NONE : labels(piece.substring(hash + 1));
        String rest = hash < 0 ? piece : piece.substring(0, hash);
        int at = rest.indexOf('@');
        String principal = at < 0 ? null : rest.substring(at + 1).strip();
        boolean dynamic = rest.startsWith("+");
        String role =
                rest.substring(dynamic ? 1 : 0, at < 0 ? rest.length() : at).strip();
        String problem = Roles.problem(role);
        if (problem != null) {
            throw wrong("has a reservation whose " + problem);
        }
        return new Reservation(dynamic ? Reservation.Type.DYNAMIC : Reservation.Type.STATIC, role, principal, labels);
    }

    private Labels labels(String inner) {
        List<Label> labels = new ArrayList<>();
        for (String piece : inner.split(",", -1)) {
            int equals = piece.indexOf('=');
            String key = (equals < 0 ? piece : piece.substring(0, equals)).strip();
            if (key.isEmpty()) {
                throw wrong("has a label without key; write #key=value,key");
            }
            labels.add(new Label(
                    key, equals < 0 ? null : piece.substring(equals + 1).strip()));
        }
        return new Labels(labels);
    }

    private Disk disk(String inner) {
        Disk.SourceType type = sourceType(inner);
        if (type == null) {
            return volume(null, inner);
        }
        int typeEnd = type.name().length();
        int open = inner.indexOf('(', typeEnd);
        int comma = inner.indexOf(',', typeEnd);
        boolean withIds = open >= 0 && (comma < 0 || open < comma);
        int close = withIds ? inner.indexOf(')', open) : -1;
        if (withIds && close < 0) {
            throw wrong("has a disk source without \")\"; write TYPE:root(vendor,id,profile)");
        }
        int rootEnd = withIds ? open : comma < 0 ? inner.length() : comma;
        String root = rootEnd == typeEnd ? null : inner.substring(typeEnd + 1, rootEnd);
        @Nullable String[] ids = ids(withIds ? inner.substring(open + 1, close) : ",,");
        Disk.Source source = new Disk.Source(type, root, ids[0], ids[1], ids[2], Labels.NONE);
        String rest = inner.substring(withIds ? close + 1 : rootEnd);
        if (rest.isEmpty()) {
            return Disk.of(source);
        }
        if (!rest.startsWith(",")) {
            throw wrong("has \"" + rest + "\" after its disk source; write a comma before the volume");
        }
        return volume(source, rest.substring(1));
    }

    private static Disk.@Nullable SourceType sourceType(String inner) {
        for (Disk.SourceType type : Disk.SourceType.values()) {
            int end = type.name().length();
            if (inner.startsWith(type.name()) && (inner.length() == end || ":(,".indexOf(inner.charAt(end)) >= 0)) {
                return type;
            }
        }
        return null;
    }

    private @Nullable String[] ids(String inner) {
        String[] pieces = inner.split(",", -1);
        if (pieces.length != 3) {
            throw wrong("has the disk source (" + inner + "); write (vendor,id,profile), each may be empty");
        }
        @Nullable String[] ids = new @Nullable String[3];
        for (int i = 0; i < 3; i++) {
            ids[i] = pieces[i].isBlank() ? null : pieces[i].strip();
        }
        return ids;
    }

    private Disk volume(Disk.@Nullable Source source, String inner) {
        int colon = inner.indexOf(':');
        String id = (colon < 0 ? inner : inner.substring(0, colon)).strip();
        if (id.isEmpty()) {
            throw wrong("has a volume without id; write [id:container-path]");
        }
        Disk.Volume volume =
                colon < 0 ? null : new Disk.Volume(inner.substring(colon + 1).strip(), Disk.Mode.RW, null);
        return new Disk(source, new Disk.Persistence(id, null), volume);
    }

    private MalformedTextException wrong(String what) {
        return new MalformedTextException("resource \"" + text + "\" " + what + "; write name:value, name(role):value");
    }
}
