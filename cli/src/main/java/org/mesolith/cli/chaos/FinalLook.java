package org.mesolith.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.process.Waiting;

/** What is there when all is over: at every master what it holds, what it tells, its fingerprint; and what ran. */
final class FinalLook {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage;
    private final List<HostPort> silent = new ArrayList<>();

    FinalLook(Stage stage) {
        this.stage = stage;
    }

    /**
     * Writes all of it down. Nobody writes to the cluster meanwhile. A master that does not show what it has keeps
     * nobody from looking at the others: that it did not is written down.
     */
    void look(Marks marks) {
        starts(marks.began());
        wrote(marks.wrote());
        for (HostPort master : stage.masters()) {
            looking(master, this::shown);
        }
        // One behind the other, so that they are seen at one index.
        for (HostPort master : stage.masters()) {
            looking(master, this::digest);
        }
    }

    private void looking(HostPort master, BiConsumer<String, HostPort> look) {
        String process = "final:" + stage.door().name(master);
        try {
            // One that has shown nothing for so long is not asked again.
            if (!silent.contains(master) && !alarm(process, master)) {
                look.accept(process, master);
            }
        } catch (IllegalStateException late) {
            silent.add(master);
            stage.history().seen(process, "trouble", Map.of("what", String.valueOf(late.getMessage())));
        }
    }

    private void shown(String process, HostPort master) {
        for (var content : TableLoad.Content.values()) {
            Waiting.until(
                    "a last read at " + process,
                    PATIENCE,
                    () -> TableLoad.read(stage, content, process, master) ? "" : "refused");
        }
        Waiting.until(
                "a last schedule at " + process,
                PATIENCE,
                () -> ScheduleLoad.read(stage, process, master, false).why());
        Waiting.until(
                "the agents as " + process + " has them",
                PATIENCE,
                () -> AgentsRead.of(stage, process, master).why());
        events(process, master);
    }

    private void digest(String process, HostPort master) {
        Waiting.until("the digest of " + process, PATIENCE, () -> BackupLoad.look(stage, process, master));
    }

    private void events(String process, HostPort master) {
        var reader = EventLoad.last(process, stage);
        Waiting.until("the events of " + process, PATIENCE, () -> {
            try {
                return reader.read(master, false, PATIENCE.toNanos()) ? "" : "not all of them yet";
            } catch (IOException broken) {
                return String.valueOf(broken.getMessage());
            }
        });
    }

    /** The master's own comparison with its leader; true if it says that it differs, and so answers no reads. */
    private boolean alarm(String process, HostPort master) {
        var metrics = stage.door().get(master, "/metrics/snapshot");
        String differs = TableLoad.whole(metrics.body().number("raft/digest_alarm", -1));
        stage.history().seen(process, "alarm", Map.of("at", stage.door().name(master), "digest", differs));
        return differs.equals("1");
    }

    /** A task writes a line when it is started. */
    private void starts(@Nullable Path marks) {
        each(
                marks,
                (task, lines) -> stage.history()
                        .seen("controller", "ran", Map.of("task", task, "times", Integer.toString(lines.size()))));
    }

    /** A task that uses a volume says how many lines it found there. */
    private void wrote(@Nullable Path marks) {
        each(marks, (task, lines) -> {
            if (!lines.isEmpty()) {
                String found = lines.getFirst().strip();
                stage.history().seen("controller", "wrote", Map.of("task", task, "lines", found));
            }
        });
    }

    private static void each(@Nullable Path marks, BiConsumer<String, List<String>> taker) {
        if (marks == null) {
            return;
        }
        try (var files = Files.list(marks)) {
            for (Path mark : files.sorted().toList()) {
                taker.accept(mark.getFileName().toString(), Files.readAllLines(mark));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + marks, unreadable);
        }
    }
}
