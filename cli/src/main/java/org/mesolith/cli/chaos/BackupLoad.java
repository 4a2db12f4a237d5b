package org.mesolith.cli.chaos;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * Begins a backup at any master every now and then, reads which index it is of and what fingerprint the registry has
 * there, and ends it. A backup brings the master's database to the disk: what is there when the master dies is then
 * ahead of its newest snapshot.
 */
final class BackupLoad implements Load {
    private static final long PAUSE_NANOS = 3_000_000_000L;

    private final Stage stage;
    private final Random dice;

    BackupLoad(Stage stage, long seed) {
        this.stage = stage;
        this.dice = new Random(seed + 41);
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public void step() {
        HostPort master = stage.any(dice);
        String _ = look(stage, name() + ":" + stage.door().name(master), master);
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Writes down index and fingerprint of a master; the empty text, or why it could not. */
    static String look(Stage stage, String process, HostPort master) {
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
                            process,
                            "digest",
                            Map.of(
                                    "at", stage.door().name(master),
                                    "index", manifest.body().text("index"),
                                    "digest", manifest.body().text("digest")));
            return "";
        } finally {
            stage.door().call(master, "/raft/backup/end?backup=" + session, JsonObject.EMPTY);
        }
    }
}
