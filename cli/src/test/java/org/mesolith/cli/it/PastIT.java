package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;

/** The past of a cluster, out of its files: the same on every machine, and refused where it cannot be had. */
final class PastIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private int calls;

    @Test
    void theFilesOfEveryMasterGiveTheStateThatABackupHolds() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0))) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            var variables = Map.of(
                    "MESO_MASTERS", cluster.masterAddresses(),
                    "WORK_DIR", leader.directory().resolve("data").toString());
            var shell = Runbook.start("past", directory, variables);
            int status = shell.awaitEnd(LONG);
            var page = Runbook.said("past", directory);
            assertThat(status).as(page).isZero();
            assertThat(page).contains("+  weight  travel  5.0", "travel").endsWith("all pages done\n");

            var masters = cluster.masterAddresses();
            meso(0, "weight", "set", "later=7", "--masters", masters);
            meso(0, "cluster", "backup", "create", "later.meso", "--masters", masters);
            var later = json("cluster", "backup", "show", "later.meso", "--json");
            supportCase(masters);
            cluster.masters().forEach(master -> master.process().killNow());
            for (var master : cluster.masters()) {
                sameDigest(master, later);
            }
            refusals(leader, later);
        }
    }

    /** One file from any master, and nothing else of that machine. */
    private void supportCase(String masters) throws IOException {
        assertThat(meso(2, "cluster", "replay", "later.meso"))
                .contains("later.meso was made without its log", "--with-log");
        for (var master : masters.split(",", -1)) {
            meso(0, "weight", "set", "case=" + ++calls, "--masters", masters);
            var file = "case-" + calls + ".meso";
            var made = json("cluster", "backup", "create", file, "--with-log", "--masters", master, "--json");
            var replayed = json("cluster", "replay", file, "--json");

            assertThat(replayed.text("digest")).as(master).isEqualTo(made.text("digest"));
            assertThat(replayed.isTrue("digest_of_backup_compared")).isTrue();
            assertThat(meso(0, "cluster", "backup", "verify", file)).contains("log         entries");
            var there = json("state", "--at", made.text("index"), "--masters", master, "--json");
            assertThat(there.text("digest")).isEqualTo(made.text("digest"));
            var scratch = Files.createDirectories(directory.resolve("scratch-" + calls + "/meso-past"));
            assertThat(meso(0, "state", "diff", "3", "end", "--backup", file, "--scratch", "scratch-" + (calls - 1)))
                    .contains("+  weight  travel ", "+  weight  case");
            assertThat(scratch).isEmptyDirectory();
        }
    }

    private void sameDigest(Member master, JsonObject later) throws IOException {
        var log = master.directory().resolve("data").toString();
        var index = later.text("index");
        var replayed = json("cluster", "replay", "today.meso", "--log", log, "--to", index, "--json");

        assertThat(replayed.text("digest")).as(master.name()).isEqualTo(later.text("digest"));
        assertThat(replayed.text("index")).isEqualTo(index);
        assertThat(json("state", "--at", index, "--log", log, "--json").text("digest"))
                .isEqualTo(later.text("digest"));
    }

    private void refusals(Member master, JsonObject later) throws IOException {
        var log = master.directory().resolve("data").toString();
        var index = later.text("index");
        assertThat(meso(1, "cluster", "replay", "later.meso", "--log", log, "--to", "1"))
                .contains("index 1 is no longer held", "index " + index, "Nothing was changed");
        assertThat(meso(1, "state", "--at", "999999", "--log", log)).contains("the log ends with entry");
        assertThat(meso(1, "state", "--at", "end", "--backup", "later.meso", "--log", renamed(master)))
                .contains("different clusters, or to different epochs");
        assertThat(meso(2, "state", "--at", "noon", "--log", log)).contains("`noon` is no moment");
        assertThat(meso(5, "state", "--at", "end", "--log", directory.toString()))
                .contains("there is no log in");
    }

    /** As if it were the group of another epoch. */
    private String renamed(Member master) throws IOException {
        var to = directory.resolve("00000000-0000-4000-8000-000000000000");
        try (var groups = Files.newDirectoryStream(master.directory().resolve("data/raft"))) {
            var group = groups.iterator().next();
            Files.createDirectories(to.resolve("current"));
            try (var files = Files.newDirectoryStream(group.resolve("current"), "log_*")) {
                for (var file : files) {
                    Files.copy(file, to.resolve("current").resolve(file.getFileName()));
                }
            }
        }
        return to.toString();
    }

    private JsonObject json(String... line) throws IOException {
        return Json.readObject(meso(0, line).getBytes(StandardCharsets.UTF_8));
    }

    private String meso(int status, String... line) throws IOException {
        var log = directory.resolve("call-" + ++calls);
        var process = OsProcess.start("meso", Installation.current().command(line), Map.of(), directory, log);
        int ended = process.awaitEnd(LONG);
        var said = Files.readString(log);
        assertThat(ended).as("meso %s\n%s", String.join(" ", line), said).isEqualTo(status);
        return said;
    }
}
