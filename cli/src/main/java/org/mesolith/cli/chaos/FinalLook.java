package org.mesolith.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.Waiting;

/** What is there when all is over: at every master what it holds, what it tells, its fingerprint; and what ran. */
final class FinalLook {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage;

    FinalLook(Stage stage) {
        this.stage = stage;
    }

    /** Writes all of it down. Nobody writes to the cluster meanwhile. */
    void look(Marks marks) {
        for (HostPort master : stage.masters()) {
            String process = "final:" + stage.door().name(master);
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
            alarm(process, master);
        }
        for (HostPort master : stage.masters()) {
            digest(master);
        }
        starts(marks.began());
        wrote(marks.wrote());
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

    /** The master's own comparison with its leader. */
    private void alarm(String process, HostPort master) {
        var metrics = stage.door().get(master, "/metrics/snapshot");
        stage.history()
                .seen(
                        process,
                        "alarm",
                        Map.of(
                                "at", stage.door().name(master),
                                "digest", TableLoad.whole(metrics.body().number("raft/digest_alarm", -1))));
    }

    private void digest(HostPort master) {
        Waiting.until("the digest of " + stage.door().name(master), PATIENCE, () -> {
            var begun = stage.door().call(master, "/raft/backup", JsonObject.EMPTY);
            if (begun.kind() != Kind.OK) {
                return begun.why();
            }
            String session = begun.body().text("backup");
            try {
                var manifest = stage.door().get(master, "/raft/backup/manifest?backup=" + session);
                if (manifest.kind() != Kind.OK) {
                    return manifest.why();
                }
                stage.history()
                        .seen(
                                "final:" + stage.door().name(master),
                                "digest",
                                Map.of(
                                        "at", stage.door().name(master),
                                        "index", manifest.body().text("index"),
                                        "digest", manifest.body().text("digest")));
                return "";
            } finally {
                stage.door().call(master, "/raft/backup/end?backup=" + session, JsonObject.EMPTY);
            }
        });
    }

    /** A task writes a line when it is started. */
    private void starts(Path marks) {
        each(
                marks,
                (task, lines) -> stage.history()
                        .seen("controller", "ran", Map.of("task", task, "times", Integer.toString(lines.size()))));
    }

    /** A task that uses a volume says how many lines it found there. */
    private void wrote(Path marks) {
        each(marks, (task, lines) -> {
            if (!lines.isEmpty()) {
                String found = lines.getFirst().strip();
                stage.history().seen("controller", "wrote", Map.of("task", task, "lines", found));
            }
        });
    }

    private static void each(Path marks, BiConsumer<String, List<String>> taker) {
        try (var files = Files.list(marks)) {
            for (Path mark : files.sorted().toList()) {
                taker.accept(mark.getFileName().toString(), Files.readAllLines(mark));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + marks, unreadable);
        }
    }
}
