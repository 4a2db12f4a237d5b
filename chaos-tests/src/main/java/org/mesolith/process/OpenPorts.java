package org.mesolith.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The TCP ports of a process at one moment, as Linux' {@code /proc} tells.
 *
 * @param listening at which it takes connections
 * @param opened the two ends of each connection that it opened itself
 */
public record OpenPorts(SortedSet<Integer> listening, SortedSet<Ends> opened) {
    /** Of a process that has ended. */
    public static final OpenPorts NONE = new OpenPorts(new TreeSet<>(), new TreeSet<>());

    private static final List<String> TABLES = List.of("tcp6", "tcp");
    private static final String LISTENS = "0A";
    private static final int STATE = 3;
    private static final int INODE = 9;

    /**
     * A connection.
     *
     * @param near the port of the process
     * @param far the port of the other side
     */
    public record Ends(int near, int far) implements Comparable<Ends> {
        @Override
        public int compareTo(Ends other) {
            return near != other.near ? Integer.compare(near, other.near) : Integer.compare(far, other.far);
        }
    }

    /** Those of a process of this machine and this network; {@link #NONE} if it has ended. */
    public static OpenPorts of(long pid) {
        Set<String> inodes = inodes(pid);
        var listening = new TreeSet<Integer>();
        var connected = new TreeSet<Ends>();
        for (String table : TABLES) {
            for (String row : rows(Path.of("/proc/net", table))) {
                // number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode
                String[] words = row.strip().split("\\s+");
                if (words.length > INODE && inodes.contains(words[INODE])) {
                    if (words[STATE].equals(LISTENS)) {
                        listening.add(port(words[1]));
                    } else {
                        connected.add(new Ends(port(words[1]), port(words[2])));
                    }
                }
            }
        }
        connected.removeIf(ends -> listening.contains(ends.near()));
        return new OpenPorts(listening, connected);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private static List<String> rows(Path table) {
        try {
            return Files.readAllLines(table, StandardCharsets.ISO_8859_1);
        } catch (IOException absent) {
            return List.of(); // A machine without IPv6.
        }
    }

    private static Set<String> inodes(long pid) {
        var inodes = new HashSet<String>();
        try (DirectoryStream<Path> handles = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path handle : handles) {
                String target = target(handle);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            inodes.clear();
        }
        return inodes;
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
