package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;

/** Backups that are not what they should be: refused, and masters that wait stay as they are. */
@Tag("nightly")
final class BadBackupIT {
    @TempDir
    private Path directory;

    @Test
    void aBackupThatIsNotWhatItShouldBeIsRefusedAndMastersThatWaitStayAsTheyAre() throws IOException {
        var passphrase = Files.writeString(directory.resolve("passphrase"), "correct horse battery staple\n");
        var wrong = Files.writeString(directory.resolve("wrong"), "another passphrase\n");
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(1, 0));
                var other = one("other");
                var waiting = one("waiting")) {
            var file = directory.resolve("good.meso");
            desk.ok("cluster", "backup", "create", file.toString(), "--passphrase-file", passphrase.toString());
            byte[] good = Files.readAllBytes(file);
            byte[] flipped = good.clone();
            flipped[good.length / 2] ^= 4;
            byte[] newer = good.clone();
            newer["MESOLITH-BACKUP\n".length()] = 99;
            other.initialize();
            var to = waiting.masterAddresses();

            assertThat(restore(desk, write("cut", Arrays.copyOf(good, good.length * 2 / 3)), passphrase, to))
                    .contains("truncated", "Nothing was changed");
            assertThat(restore(desk, write("flipped", flipped), passphrase, to)).contains("Nothing was changed");
            assertThat(restore(desk, write("newer", newer), passphrase, to))
                    .contains("container format", "Nothing was changed");
            assertThat(restore(desk, file, wrong, to)).contains("the passphrase does not fit");
            assertThat(restore(desk, file, passphrase, to, "--former-masters", other.masterAddresses()))
                    .contains("Is it the right backup?", "nothing was changed");

            assertThat(waiting.masters().getFirst().role()).isEqualTo("WAITING");
        }
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name + ".meso"), content);
    }

    private ClusterProcess one(String name) {
        var cluster =
                new ClusterProcess(Installation.current(), directory.resolve(name), ClusterProcess.Settings.of(1, 0));
        cluster.startMasters();
        return cluster;
    }

    private static String restore(MembersDesk desk, Path file, Path passphrase, String members, String... more) {
        var line = new java.util.ArrayList<>(java.util.List.of(
                "cluster",
                "restore",
                file.toString(),
                "--passphrase-file",
                passphrase.toString(),
                "--members",
                members,
                "--yes"));
        line.addAll(java.util.List.of(more));
        return desk.refused(line.toArray(String[]::new));
    }
}
