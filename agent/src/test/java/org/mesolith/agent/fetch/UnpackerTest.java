package org.mesolith.agent.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.base.Check;

/** Archives come out as they went in, and evil ones do not come out. */
final class UnpackerTest {
    @TempDir
    private Path dir;

    @ParameterizedTest
    @CsvSource({
        "a.tar,TAR",
        "a.tar.gz,TAR_GZ",
        "a.tgz,TAR_GZ",
        "a.tar.bz2,TAR_BZ2",
        "a.tbz2,TAR_BZ2",
        "a.tar.xz,TAR_XZ",
        "a.txz,TAR_XZ",
        "a.gz,GZ",
        "a.zip,ZIP"
    })
    void theNameSaysHowItIsPacked(String name, Archive how) {
        assertThat(Archive.of(name)).isEqualTo(how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".gz", "a.TAR", "a.bz2", "a.tgz?x", "tar", "a.jar"})
    void otherNamesAreNoArchives(String name) {
        assertThat(Archive.of(name)).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"TAR", "TAR_GZ", "TAR_BZ2", "TAR_XZ"})
    void filesDirectoriesAndLinksOfATarComeOut(Archive how) throws Exception {
        var tar = Packed.tar(out -> {
            Packed.file(out, "./top.txt", "top");
            Packed.file(out, "a/b/run.sh", "run");
            Packed.file(out, "l".repeat(150) + "/long", "long name");
            Packed.special(out, "a/link", TarConstants.LF_SYMLINK, "../top.txt");
            Packed.special(out, "a/same", TarConstants.LF_LINK, "a/b/run.sh");
            Packed.special(out, "empty/", TarConstants.LF_DIR, "");
        });

        unpack(Packed.packed(how.packing(), tar), how);

        assertThat(dir.resolve("out/a/b/run.sh")).hasContent("run");
        assertThat(dir.resolve("out/a/link")).isSymbolicLink().hasContent("top");
        assertThat(dir.resolve("out/a/same")).hasContent("run");
        assertThat(dir.resolve("out/" + "l".repeat(150) + "/long")).hasContent("long name");
        assertThat(dir.resolve("out/empty")).isEmptyDirectory();
        assertThat(mode("out/a/b/run.sh")).isEqualTo("rwxr-xr-x");
        assertThat(mode("out/top.txt")).isEqualTo("rw-r--r--");
    }

    @Test
    void aZipAndASinglePackedFileComeOut() throws Exception {
        unpack(Packed.packed("gz", "one".getBytes(StandardCharsets.UTF_8)), Archive.GZ);
        assertThat(dir.resolve("out/x")).hasContent("one");

        unpack(Packed.zip("a/run", "text", "a/link", "run"), Archive.ZIP);
        assertThat(dir.resolve("out/a/link")).isSymbolicLink().hasContent("text");
        assertThat(mode("out/a/run")).isEqualTo("rwxr-xr-x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        file    | ../evil          |                 | a path with '..'
        file    | a/../../evil     |                 | a path with '..'
        file    | /tmp/evil        |                 | an absolute path
        symlink | a                | /etc            | which is not below the sandbox
        symlink | a                | ..              | leads out of the archive
        symlink | a/b              | ../../x         | leads out of the archive
        symlink | a                | b/../../x       | leads out of the archive
        symlink | a/b              | x/../y          | leads out of the archive
        hard    | a                | ../evil         | a path with '..'
        hard    | a                | /etc/passwd     | an absolute path
        hard    | a                | missing         | no file before it
        fifo    | a                |                 | is a device, a pipe
        device  | a                |                 | is a device, a pipe
        behind  | a/x              |                 | lies behind a link
        below   | a/x              |                 | lies below a file
        over    | a                |                 | a file where there is a directory
        """)
    void nothingIsWrittenOutsideOrThroughALink(String kind, String name, String target, String why) throws Exception {
        var tar = Packed.tar(out -> evil(out, kind, name, target == null ? "" : target));

        assertThatThrownBy(() -> unpack(tar, Archive.TAR))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(why);
        assertThat(dir.resolve("evil")).doesNotExist();
    }

    private static void evil(TarArchiveOutputStream out, String kind, String name, String target)
            throws java.io.IOException {
        switch (kind) {
            case "file" -> Packed.file(out, name, "evil");
            case "symlink" -> Packed.special(out, name, TarConstants.LF_SYMLINK, target);
            case "hard" -> Packed.special(out, name, TarConstants.LF_LINK, target);
            case "fifo" -> Packed.special(out, name, TarConstants.LF_FIFO, "");
            case "device" -> Packed.special(out, name, TarConstants.LF_CHR, "");
            case "behind" -> {
                Packed.special(out, "d/", TarConstants.LF_DIR, "");
                Packed.special(out, "a", TarConstants.LF_SYMLINK, "d");
                Packed.file(out, name, "evil");
            }
            case "below" -> {
                Packed.file(out, "a", "file");
                Packed.file(out, name, "evil");
            }
            case "over" -> {
                Packed.file(out, "a/x", "file");
                Packed.file(out, name, "evil");
            }
            default -> throw new IllegalArgumentException(kind);
        }
    }

    @Test
    void bombsAreGivenUp() {
        var zeros = Packed.packed("gz", new byte[2_000_000]);
        var many = Packed.tar(out -> {
            for (int i = 0; i < 60; i++) {
                Packed.file(out, "f" + i, "");
            }
        });
        var name = Packed.tar(out -> Packed.longName(out, 3_000_000));

        assertThatThrownBy(() -> unpack(zeros, Archive.GZ)).hasMessageContaining("larger than 1000000 bytes");
        assertThatThrownBy(() -> unpack(many, Archive.TAR)).hasMessageContaining("more entries than");
        assertThatThrownBy(() -> unpack(name, Archive.TAR)).hasMessageContaining("names and remarks");
    }

    @ParameterizedTest
    @EnumSource
    void damagedArchivesAreRefusedInWords(Archive how) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            var bytes = good(how).clone();
            for (int i = 0; i < 1 + round / 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            var cut = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            assertUnpacksOrSaysWhy(round % 2 == 0 ? cut : bytes, how);
        }
    }

    private void assertUnpacksOrSaysWhy(byte[] bytes, Archive how) {
        try {
            unpack(bytes, how);
        } catch (FetchException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        } catch (java.nio.file.FileSystemException impossibleName) {
            assertThat(impossibleName.getMessage()).isNotBlank();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        assertThat(dir.toFile().list()).containsExactlyInAnyOrder("out", "archive");
    }

    private static byte[] good(Archive how) {
        var tar = Packed.tar(out -> {
            Packed.file(out, "a/file", "text".repeat(300));
            Packed.special(out, "a/link", TarConstants.LF_SYMLINK, "file");
        });
        return switch (how) {
            case ZIP -> Packed.zip("a/run", "text".repeat(300), "a/link", "run");
            case GZ -> Packed.packed("gz", "text".repeat(300).getBytes(StandardCharsets.UTF_8));
            case TAR, TAR_GZ, TAR_BZ2, TAR_XZ -> Packed.packed(how.packing(), tar);
        };
    }

    private void unpack(byte[] bytes, Archive how) throws Exception {
        var out = dir.resolve("out");
        Staging.remove(out);
        Files.createDirectories(out);
        var archive = Files.write(dir.resolve("archive"), bytes);
        new Unpacker(50, 1_000_000).unpack(archive, how, "x.gz", out, new Pace());
    }

    private String mode(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Check.present(dir.resolve(path), "path")));
    }
}
