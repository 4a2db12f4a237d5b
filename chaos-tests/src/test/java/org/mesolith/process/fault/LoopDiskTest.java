package org.mesolith.process.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoopDiskTest {
    @TempDir
    private Path directory;

    private Path run;
    private LoopDisk disk;

    @BeforeEach
    void mount() throws IOException {
        Machine.needs(LoopDisk.unmet(directory));
        run = directory.toRealPath();
        disk = LoopDisk.make(run.resolve("image"), run.resolve("disk"), new UndoList(run));
    }

    @AfterEach
    void unmount() throws IOException {
        new UndoList(directory).undo();
        assertThat(UndoList.isMounted(directory.toRealPath().resolve("disk"))).isFalse();
    }

    @Test
    void aPowerCutTakesWhatWasNotSyncedAndNothingElse() throws IOException {
        Path synced = disk.place().resolve("synced");
        Path unsynced = disk.place().resolve("unsynced");
        append(synced, "kept ", true);
        append(synced, "lost", false);
        append(unsynced, "lost", false);

        disk.cutPower();
        assertThatThrownBy(() -> append(synced, "after", true)).isInstanceOf(IOException.class);
        disk.restorePower();

        assertThat(synced).hasContent("kept ");
        assertThat(Files.exists(unsynced) ? Files.readString(unsynced) : "").isEmpty();
    }

    @Test
    void aFullDiskTakesNothingUntilItIsFreed() throws IOException {
        disk.fill(0);
        assertThatThrownBy(() -> append(disk.place().resolve("more"), "x".repeat(1 << 20), true))
                .isInstanceOf(IOException.class);

        disk.free();

        append(disk.place().resolve("more"), "x".repeat(1 << 20), true);
    }

    @Test
    void aReplacedDiskIsEmpty() throws IOException {
        append(disk.place().resolve("file"), "content", true);

        disk.replace();

        assertThat(disk.place()).isEmptyDirectory();
    }

    /** As after a crash of the controller: nothing is known but the file. */
    @Test
    void whoFindsTheListUndoesItAndOnlyOnce() throws IOException {
        assertThat(new UndoList(run).undo()).containsExactly("unmounted " + disk.place());

        assertThat(new UndoList(run).undo()).isEmpty();
        assertThat(run.resolve(UndoList.FILE)).doesNotExist();
    }

    @Test
    void aDeviceThatWasAttachedAndNeverMountedIsDetached() throws IOException {
        Path image = Files.write(run.resolve("other"), new byte[1 << 20]);
        String device = Tool.run("losetup", "-f", "--show", image.toString());

        assertThat(new UndoList(run).undo()).contains("detached " + device);
    }

    private static void append(Path file, String text, boolean sync) throws IOException {
        try (var out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            if (sync) {
                out.force(true);
            }
        }
    }
}
