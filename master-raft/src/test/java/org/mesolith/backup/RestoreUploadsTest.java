package org.mesolith.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Restoring;

final class RestoreUploadsTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private final List<String> steps = new ArrayList<>();
    private final Restoring member = new Restoring() {
        @Override
        public CompletableFuture<Answer> prepare(Plan plan, Path files) {
            steps.add("prepare " + plan.groupId());
            return CompletableFuture.completedFuture(new Answer.Done(9));
        }

        @Override
        public CompletableFuture<Answer> found(Plan plan) {
            steps.add("found " + plan.groupId());
            return CompletableFuture.completedFuture(new Answer.Done(9));
        }
    };

    private RestoreUploads uploads(@Nullable String group) throws IOException {
        return new RestoreUploads(directory.resolve("restore"), member, group);
    }

    private static RestorePlan plan(String group) {
        var manifest = new Manifest(
                "0.1.0",
                2,
                "c1",
                1,
                5,
                "g1",
                "m1",
                4,
                42,
                Instant.parse("2026-11-21T10:00:00Z"),
                "ab",
                new TreeMap<>(),
                List.of(new Manifest.Part("CURRENT", CONTENT.length, Sha256.of(CONTENT))),
                null);
        var founders = List.of(new MemberAddress("m9", "::1", 5060, 5050));
        return new RestorePlan(manifest, new Restoring.Plan(group, founders, 2, -3, 4, 42, 0xab));
    }

    @Test
    void aPlanIsTheSameAfterItWasWrittenAndRead() throws IOException {
        assertThat(PlanJson.read(PlanJson.write(plan("g2")))).isEqualTo(plan("g2"));
    }

    @Test
    void aFileThatArrivesInPiecesIsTakenUpWhereItEndsAlsoByTheNextProcess() throws Exception {
        var first = uploads(null);
        first.begin(plan("g2"));
        assertThat(first.receive("g2", "CURRENT", 0, Arrays.copyOf(CONTENT, 4))).isEqualTo(4);
        assertThat(first.receive("g2", "CURRENT", 0, Arrays.copyOf(CONTENT, 4))).isEqualTo(4);
        assertThat(first.receive("g2", "CURRENT", 7, new byte[] {1})).isEqualTo(4);
        assertThat(first.receive("g2", "CURRENT", 4, new byte[7])).isEqualTo(4);

        var second = uploads(null);
        assertThat(second.status()).isEqualTo(new RestoreUploads.Status(RestoreUploads.Stage.RECEIVING, plan("g2")));
        assertThat(second.begin(plan("g2")).stage()).isEqualTo(RestoreUploads.Stage.RECEIVING);
        assertThat(second.received("g2", "CURRENT")).isEqualTo(4);
        assertThat(second.receive("g2", "CURRENT", 4, Arrays.copyOfRange(CONTENT, 4, 10)))
                .isEqualTo(10);
        assertThat(second.prepare("g2", SOON)).isEqualTo(9);
        second.found("g2", SOON);
        assertThat(steps).containsExactly("prepare g2", "found g2");
        assertThat(second.status().stage()).isEqualTo(RestoreUploads.Stage.DONE);

        var third = uploads("g2");
        assertThat(third.status()).isEqualTo(new RestoreUploads.Status(RestoreUploads.Stage.DONE, plan("g2")));
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> third.begin(plan("g3")))
                .withMessageContaining("belongs to a cluster");
    }

    @Test
    void whatArrivedDamagedIsThrownAwayAndNothingIsPrepared() throws Exception {
        var uploads = uploads(null);
        uploads.begin(plan("g2"));
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> uploads.prepare("g2", SOON))
                .withMessageContaining("not here as a whole");
        uploads.receive("g2", "CURRENT", 0, new byte[CONTENT.length]);
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> uploads.prepare("g2", SOON))
                .withMessageContaining("checksum");
        assertThat(uploads.received("g2", "CURRENT")).isZero();
        assertThat(steps).isEmpty();
    }

    @Test
    void anotherRestoreTakesThePlaceOfOneThatFoundedNothing() throws Exception {
        var uploads = uploads(null);
        uploads.begin(plan("g2"));
        uploads.receive("g2", "CURRENT", 0, CONTENT);
        uploads.begin(plan("g3"));
        assertThat(uploads.received("g3", "CURRENT")).isZero();
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> uploads.received("g2", "CURRENT"))
                .withMessageContaining("another restore has taken its place");
        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> uploads.received("g3", "../identity"));
        assertThat(Files.exists(directory.resolve("restore/plan.json"))).isTrue();
    }
}
