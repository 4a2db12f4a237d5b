package org.mesolith.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.log.Barrier;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;

final class BackupSessionsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final HandQueue queue = new HandQueue();

    private @Nullable SmallRegistry made;

    @BeforeEach
    void makeARegistry() {
        made = new SmallRegistry(directory.resolve("db"));
    }

    @AfterEach
    void closeIt() {
        registry().close();
    }

    private SmallRegistry registry() {
        return Check.present(made, "the registry");
    }

    private BackupSessions sessions() throws IOException {
        return new BackupSessions(directory.resolve("backup"), registry(), registry(), registry(), queue);
    }

    private Path written(BackupSessions sessions, String name) throws Exception {
        var id = sessions.begin().session();
        // What is written after the copy is not in it.
        registry().apply(List.of(new Change.WeightPut(Weight.of("later", 2))));
        var manifest = Check.present(sessions.manifest(id, MINUTE), "the manifest");
        var file = directory.resolve(name);
        BackupFile.write(Files.newOutputStream(file), manifest, part -> sessions.open(id, part), null);
        sessions.end(id);
        return file;
    }

    @Test
    void aBackupIsOfOneIndexAndReallyOpens() throws Exception {
        var file = written(sessions(), "one");
        var content = Scratch.verify(file, null, directory.resolve("scratch"));
        assertThat(content.manifest().index()).isEqualTo(2);
        assertThat(content.manifest().counts()).containsEntry("weights", 1L);
        assertThat(directory.resolve("scratch")).doesNotExist();
        assertThat(directory.resolve("backup")).isEmptyDirectory();
    }

    @Test
    void aBackupCarriesItsLogWhenAskedTo() throws Exception {
        var sessions = sessions();
        var id = sessions.begin(true).session();
        var manifest = Check.present(sessions.manifest(id, MINUTE), "the manifest");
        var file = directory.resolve("case");
        BackupFile.write(Files.newOutputStream(file), manifest, part -> sessions.open(id, part), null);

        var past = Check.present(manifest.past(), "the past");
        assertThat(past.files()).extracting(Manifest.Part::name).containsExactly("log_0-2");
        assertThat(new String(sessions.read(id, "log_0-2", 4, 3), StandardCharsets.UTF_8))
                .isEqualTo("log");
        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
        assertThat(Scratch.verify(file, null, directory.resolve("scratch")).manifest())
                .isEqualTo(manifest);
        var seen = new ArrayList<String>();
        BackupFile.extract(file, null, new BackupFile.Sink() {
            @Override
            public void take(Manifest.Part part, InputStream content) throws IOException {
                content.transferTo(OutputStream.nullOutputStream());
            }

            @Override
            public void takePast(Manifest.Part part, InputStream content) throws IOException {
                seen.add(part.name() + ": " + new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        assertThat(seen).containsExactly("log_0-2: the log up to 2");
        sessions.end(id);
        assertThat(directory.resolve("backup")).isEmptyDirectory();
    }

    @Test
    void whatWasAcknowledgedElsewhereBeforeIsInTheBackup() throws Exception {
        var sessions = sessions();
        registry().arriving = () -> registry().apply(List.of(new Change.WeightPut(Weight.of("acknowledged", 2))));
        var begun = sessions.begin();
        assertThat(begun.behind()).isNull();
        var manifest = Check.present(sessions.manifest(begun.session(), MINUTE), "the manifest");
        assertThat(manifest.counts()).containsEntry("weights", 2L);
    }

    @Test
    void withoutALeaderABackupIsMadeAndSaysWhatItMayLack() throws Exception {
        var sessions = sessions();
        registry().barrier = new Barrier.NotLeader(null);
        var begun = sessions.begin();
        assertThat(begun.behind()).contains("no leading master");
        assertThat(sessions.manifest(begun.session(), MINUTE)).isNotNull();
    }

    @Test
    void aDatabaseThatIsNotTheManifestsIsFoundByItsDigest() throws Exception {
        var sessions = sessions();
        var id = sessions.begin().session();
        var manifest = Check.present(sessions.manifest(id, MINUTE), "the manifest");
        var other = new Manifest(
                manifest.version(),
                manifest.featureLevel(),
                manifest.clusterId(),
                manifest.epoch(),
                manifest.epochId(),
                manifest.groupId(),
                manifest.member(),
                manifest.term(),
                manifest.index(),
                manifest.takenAt(),
                "1234",
                manifest.counts(),
                manifest.files(),
                null);
        var file = directory.resolve("other");
        BackupFile.write(Files.newOutputStream(file), other, part -> sessions.open(id, part), null);
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> Scratch.verify(file, null, directory.resolve("scratch")))
                .withMessageContaining("do not use this backup");
        assertThat(directory.resolve("scratch")).doesNotExist();
    }

    @Test
    void onlyAFewAreHandedOutAndIdleOnesEnd() throws Exception {
        var sessions = sessions();
        var first = sessions.begin().session();
        assertThat(sessions.manifest(first, MINUTE)).isNotNull();
        var second = sessions.begin().session();
        assertThat(second).isNotEqualTo(first);
        assertThat(sessions.manifest(second, MINUTE)).isNotNull();
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(sessions::begin)
                .withMessageContaining("already handing out 2");
        queue.pass(BackupSessions.IDLE_MAX.minusSeconds(1));
        assertThat(sessions.manifest(first, MINUTE)).isNotNull();
        queue.pass(BackupSessions.IDLE_MAX.dividedBy(2));
        assertThat(sessions.open()).isEqualTo(1);
        assertThat(sessions.manifest(first, MINUTE)).isNotNull();
        queue.pass(BackupSessions.IDLE_MAX.multipliedBy(2));
        assertThat(sessions.open()).isZero();
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> sessions.manifest(first, MINUTE))
                .withMessageContaining("begin again");
        assertThat(directory.resolve("backup")).isEmptyDirectory();
    }

    @Test
    void oneWhoseIdWasLostOnTheWayIsNotLongInTheWay() throws Exception {
        var sessions = sessions();
        var first = sessions.begin().session();
        assertThat(sessions.manifest(first, MINUTE)).isNotNull();
        var lost = sessions.begin().session();
        queue.pass(BackupSessions.UNASKED_MAX.plusSeconds(1));

        var next = sessions.begin().session();

        assertThat(sessions.manifest(first, MINUTE)).isNotNull();
        assertThat(sessions.manifest(next, MINUTE)).isNotNull();
        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> sessions.manifest(lost, MINUTE));
    }

    @Test
    void bytesAreHandedOutOnlyOfItsFilesAndInBoundedPieces() throws Exception {
        var sessions = sessions();
        var id = sessions.begin().session();
        var manifest = Check.present(sessions.manifest(id, MINUTE), "the manifest");
        var file = manifest.files().getFirst();
        assertThat(sessions.read(id, file.name(), 0, BackupSessions.RANGE_BYTES_MAX))
                .hasSize((int) file.bytes());
        assertThat(sessions.read(id, file.name(), file.bytes() + 7, 10)).isEmpty();
        for (var wrong : List.of("../db/live/CURRENT", "nothing")) {
            assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> sessions.read(id, wrong, 0, 10));
        }
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> sessions.read(id, file.name(), 0, BackupSessions.RANGE_BYTES_MAX + 1));
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> sessions.read(id, file.name(), -1, 10));
    }

    @Test
    void aMasterMakesItsOwnBackupsAndKeepsTheNewest() throws Exception {
        var target = directory.resolve("kept");
        Files.createDirectories(target);
        Files.writeString(target.resolve("registry-somebody-elses.meso"), "not ours");
        var pass = directory.resolve("pass");
        Files.writeString(pass, "correct horse battery\nsecond line\n");
        var rules = new BackupSchedule.Rules(Duration.ofHours(1), 2, target, pass);
        var schedule = new BackupSchedule(rules, sessions(), registry(), queue);
        schedule.start();
        queue.pass(Duration.ofHours(3).plusMinutes(1));
        assertThat(schedule.status().made()).isEqualTo(4);
        var own = own(target);
        assertThat(own).hasSize(2);
        assertThat(target.resolve("registry-somebody-elses.meso")).exists();
        var content = Scratch.verify(own.getLast(), Passphrase.read(pass), directory.resolve("scratch"));
        assertThat(content.encrypted()).isTrue();

        // Another process reads from the names when the newest was made.
        var again = new BackupSchedule(rules, sessions(), registry(), queue);
        again.start();
        queue.pass(Duration.ofMinutes(30));
        assertThat(again.status().made()).isZero();
        assertThat(again.status().lastAt()).isNotNull();
    }

    @Test
    void aScheduledBackupThatFailsIsCountedAndTriedAgain() throws Exception {
        var pass = directory.resolve("pass");
        var rules = new BackupSchedule.Rules(Duration.ofHours(1), 2, directory.resolve("kept"), pass);
        var schedule = new BackupSchedule(rules, sessions(), registry(), queue);
        schedule.start();
        queue.pass(Duration.ofSeconds(90));
        assertThat(schedule.status().failed()).isEqualTo(2);
        Files.writeString(pass, "correct horse battery\n");
        queue.pass(Duration.ofMinutes(1));
        assertThat(schedule.status().made()).isEqualTo(1);
    }

    @Test
    void aFileOfTheDatabaseThatIsDamagedOnTheWayIsFound() throws Exception {
        var file = written(sessions(), "one");
        try (var damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(damaged.length() / 2);
            int one = damaged.read();
            damaged.seek(damaged.length() / 2);
            damaged.write(one ^ 1);
        }
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> Scratch.verify(file, null, directory.resolve("scratch")))
                .withMessageContaining("damaged");
    }

    private static List<Path> own(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("registry-member-o"))
                    .sorted()
                    .toList();
        }
    }
}
