package org.mesolith.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of our processes holds a local port, as Linux' {@code /proc} tells. Any thread. */
public final class SocketOwners implements Wires.Callers {
    /** Programs on the Java platform use the second one for all their connections: it is looked at first. */
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));

    private final Supplier<Map<Long, String>> processes;

    /** @param processes names by process id, as they are now */
    public SocketOwners(Supplier<Map<Long, String>> processes) {
        this.processes = processes;
    }

    /** Why it can tell nothing on this machine; the empty text if it can. */
    public static String unmet() {
        return TABLES.stream().anyMatch(Files::isReadable)
                ? ""
                : "this machine has no /proc/net/tcp, so nobody can tell which process opened a connection";
    }

    @Override
    public String of(int near, int far) {
        String inode = inode(near, far);
        if (inode.isEmpty()) {
            return "";
        }
        String link = "socket:[" + inode + "]";
        for (var process : processes.get().entrySet()) {
            if (holds(process.getKey(), link)) {
                return process.getValue();
            }
        }
        return "";
    }

    /** Of the near end of a connection; the empty text when there is none any more. */
    private static String inode(int near, int far) {
        // local address, remote address, state, queues, timer, retransmits, user, timeout, inode
        Pattern row = Pattern.compile(String.format(
                Locale.ROOT,
                "[0-9A-F]:%04X [0-9A-F]+:%04X [0-9A-F]+ \\S+ \\S+ \\S+ +[0-9]+ +[0-9]+ ([0-9]+)",
                near,
                far));
        for (Path table : TABLES) {
            Matcher found = row.matcher(text(table));
            if (found.find()) {
                return found.group(1);
            }
        }
        return "";
    }

    private static String text(Path table) {
        try {
            return Files.readString(table, StandardCharsets.ISO_8859_1);
        } catch (IOException absent) {
            return ""; // A machine without IPv6.
        }
    }

    private static boolean holds(long pid, String link) {
        try (DirectoryStream<Path> handles = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path handle : handles) {
                if (isLink(handle, link)) {
                    return true;
                }
            }
        } catch (IOException gone) {
            return false;
        }
        return false;
    }

    private static boolean isLink(Path handle, String link) {
        try {
            return Files.readSymbolicLink(handle).toString().equals(link);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
