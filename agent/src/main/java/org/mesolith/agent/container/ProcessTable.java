package org.mesolith.agent.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.api.ProcessUse;

/** What the kernel says about processes, from {@code /proc}. Stateless; any thread. */
final class ProcessTable {
    /**
     * One process.
     *
     * @param state letter of its state; Z and X are over
     * @param parent pid of its parent
     * @param session pid of its session's leader
     * @param startTicks since boot
     */
    record Row(long pid, char state, long parent, long session, long startTicks) {
        boolean isOver() {
            return state == 'Z' || state == 'X' || state == 'x';
        }
    }

    private static final Path PROC = Path.of("/proc");
    /** In which Linux counts processor time for programs, whatever it counts by itself. */
    private static final long TICK_MILLIS = 10;

    private static final String OWN_MEMORY = "RssAnon:";

    private ProcessTable() {}

    /** Drawn anew each time the machine starts. */
    static String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException notLinux) {
            throw new UncheckedIOException("cannot read the boot id: this agent needs Linux with /proc", notLinux);
        }
    }

    /** The process of this number, null when there is none. */
    static @Nullable Row find(long pid) {
        try {
            return parse(Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return null;
        }
    }

    /** True while exactly this process runs. */
    static boolean isAlive(ProcessMark mark) {
        var row = find(mark.pid());
        return row != null && row.startTicks() == mark.startTicks() && !row.isOver();
    }

    /** Every process that this user may see. */
    static List<Row> all() {
        var rows = new ArrayList<Row>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var entry : entries) {
                var row = find(Long.parseLong(entry.getFileName().toString()));
                if (row != null) {
                    rows.add(row);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list /proc", unreadable);
        }
        return rows;
    }

    /** True when the process was started with this variable, as {@code NAME=value}. */
    static boolean hasVariable(long pid, String assignment) {
        try {
            var environ = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environ).contains("\0" + assignment + "\0");
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /**
     * Bytes of memory that these processes have for themselves. What they share counts for nobody: a file in memory is
     * no process's own.
     */
    static long memory(List<Long> pids) {
        long kib = 0;
        for (long pid : pids) {
            kib += ownKib(pid);
        }
        return kib << 10;
    }

    /** Processes, threads and processor time of these; of one that is gone nothing. */
    static ProcessUse use(List<Long> pids) {
        var sum = ProcessUse.NOTHING;
        for (long pid : pids) {
            sum = sum.plus(use(pid));
        }
        return sum;
    }

    private static ProcessUse use(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // Its own, and those of children that it waited for.
            long user = Long.parseLong(fields[11]) + Long.parseLong(fields[13]);
            long system = Long.parseLong(fields[12]) + Long.parseLong(fields[14]);
            return new ProcessUse(1, Integer.parseInt(fields[17]), user * TICK_MILLIS, system * TICK_MILLIS, 0);
        } catch (IOException gone) {
            return ProcessUse.NOTHING;
        }
    }

    private static long ownKib(long pid) {
        try (var lines = Files.lines(PROC.resolve(pid + "/status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(OWN_MEMORY))
                    .map(line -> line.substring(OWN_MEMORY.length()).strip())
                    .mapToLong(value -> Long.parseLong(value.substring(0, value.indexOf(' '))))
                    .sum();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    /** Sends TERM, or KILL; nothing when the process is gone. */
    static void signal(long pid, boolean kill) {
        if (pid <= 1 || pid == ProcessHandle.current().pid()) {
            return;
        }
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            var _ = kill ? process.get().destroyForcibly() : process.get().destroy();
        }
    }

    /** Reads {@code pid (name) state ppid pgrp session … starttime}; the name may hold anything. */
    private static @Nullable Row parse(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < 0) {
            return null;
        }
        var fields = stat.substring(close + 2).split(" ");
        return new Row(
                Long.parseLong(stat.substring(0, open).strip()),
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19]));
    }
}
