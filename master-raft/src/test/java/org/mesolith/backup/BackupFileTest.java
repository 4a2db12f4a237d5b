package org.mesolith.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupFileTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    private Path directory;

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private Manifest manifest = manifest(List.of(new Manifest.Part("a", 0, Sha256.of(new byte[0]))));

    @BeforeAll
    static void tellSeed() {
        System.out.println("BackupFileTest: -Dseed=" + SEED);
    }

    /** Two files: one of a few bytes, one of more than two chunks that cannot be compressed. */
    private byte[] written(char @Nullable [] passphrase) throws IOException {
        var random = new Random(SEED);
        files.put("CURRENT", "MANIFEST-000005\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        var large = new byte[2 * SealedOutput.CHUNK_BYTES + 4_711];
        random.nextBytes(large);
        files.put("000012.sst", large);
        files.put("empty.log", new byte[0]);
        var parts = new ArrayList<Manifest.Part>();
        files.forEach((name, bytes) -> parts.add(new Manifest.Part(name, bytes.length, Sha256.of(bytes))));
        manifest = manifest(parts);
        var output = new ByteArrayOutputStream();
        BackupFile.write(output, manifest, part -> new ByteArrayInputStream(content(part.name())), passphrase);
        return output.toByteArray();
    }

    private byte[] content(String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    private static Manifest manifest(List<Manifest.Part> parts) {
        var counts = new TreeMap<String, Long>();
        counts.put("agents", 3L);
        return new Manifest(
                "0.1.0",
                2,
                "c1",
                1,
                -5,
                "g1",
                "m1",
                4,
                42,
                Instant.parse("2026-11-21T10:00:00Z"),
                "ffffffffffffffff",
                counts,
                parts,
                null);
    }

    private BackupFile.Content read(byte[] bytes, char @Nullable [] passphrase) throws IOException {
        var file = directory.resolve("backup");
        Files.write(file, bytes);
        return BackupFile.extract(
                file,
                passphrase,
                (part, content) -> assertThat(content.readAllBytes()).isEqualTo(content(part.name())));
    }

    private static char[] secret(String text) {
        return text.toCharArray();
    }

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        assertThat(read(written(null), null)).isEqualTo(new BackupFile.Content(manifest, false));
        assertThat(read(written(secret("correct horse")), secret("correct horse")))
                .isEqualTo(new BackupFile.Content(manifest, true));
    }

    @Test
    void anEncryptedBackupShowsNothingWithoutItsPassphrase() throws IOException {
        var bytes = written(secret("correct horse"));
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> read(bytes, secret("battery staple")))
                .withMessageContaining("passphrase does not fit");
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> read(bytes, null))
                .withMessageContaining("is encrypted");
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("MANIFEST-000005");
    }

    @Test
    void aTruncatedBackupIsRefusedWhereverItEnds() throws IOException {
        var bytes = written(null);
        var random = new Random(SEED);
        var lengths = new ArrayList<>(List.of(0, 1, 16, 24, 27, 28, bytes.length - 1, bytes.length - 33));
        for (int trial = 0; trial < 20; trial++) {
            lengths.add(random.nextInt(bytes.length));
        }
        for (int length : lengths) {
            assertThatExceptionOfType(BackupRefusedException.class)
                    .as("cut to %d bytes", length)
                    .isThrownBy(() -> read(Arrays.copyOf(bytes, length), null));
        }
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1), null));
    }

    @Test
    void aBackupWithOneFlippedBitIsRefused() throws IOException {
        var bytes = written(null);
        var random = new Random(SEED);
        var places = new ArrayList<Integer>();
        for (int head = 0; head < 64; head++) {
            places.add(head);
        }
        for (int trial = 0; trial < 30; trial++) {
            places.add(random.nextInt(bytes.length));
        }
        for (int place : places) {
            var flipped = bytes.clone();
            flipped[place] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            assertThatExceptionOfType(IOException.class)
                    .as("flipped at %d", place)
                    .isThrownBy(() -> read(flipped, null));
        }
    }

    @Test
    void chunksThatChangedPlacesAreNoticedWithAndWithoutAPassphrase() throws IOException {
        for (char[] passphrase : new char[] @Nullable [] {null, secret("correct horse")}) {
            var bytes = written(passphrase);
            int head = passphrase == null ? Seal.MAGIC.length + 8 : Seal.MAGIC.length + 8 + 32 + 16;
            int chunk = 4 + SealedOutput.CHUNK_BYTES + (passphrase == null ? 32 : 16);
            var swapped = bytes.clone();
            System.arraycopy(bytes, head, swapped, head + chunk, chunk);
            System.arraycopy(bytes, head + chunk, swapped, head, chunk);
            assertThatExceptionOfType(BackupRefusedException.class)
                    .isThrownBy(() -> read(swapped, passphrase))
                    .withMessageContaining("chunk 0 is not what was written");
        }
    }

    @Test
    void aNewerFormatIsRefusedWithTheVersionThatIsNeeded() throws IOException {
        var bytes = written(null);
        bytes[Seal.MAGIC.length + 3] = 2;
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> read(bytes, null))
                .withMessageContaining("container format 2");
        var newer = new String(ManifestJson.write(manifest), java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"format\":1,\"version\":\"0.1.0\"", "\"format\":7,\"version\":\"9.0.0\"");
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> ManifestJson.read(newer.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .withMessageContaining("format 7")
                .withMessageContaining("9.0.0");
    }

    @Test
    void aFileThatIsNotWhatTheManifestSaysIsNotWritten() throws IOException {
        var unused = written(null);
        assertThat(unused).isNotEmpty();
        files.put("CURRENT", new byte[] {1, 2, 3});
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> BackupFile.write(
                        new ByteArrayOutputStream(),
                        manifest,
                        part -> new ByteArrayInputStream(content(part.name())),
                        null))
                .withMessageContaining("the file CURRENT");
    }

    @Test
    void aNameThatLeavesTheDirectoryIsNoName() {
        for (var name : List.of("../passwd", "a/b", ".hidden", "", "a\\b")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .as(name)
                    .isThrownBy(() -> new Manifest.Part(name, 1, Sha256.of(new byte[0])));
        }
    }
}
