package org.mesolith.process.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UndoListTest {
    @TempDir
    private Path directory;

    @Test
    void aRunThatDidNothingToTheMachineHasNothingToUndo() throws IOException {
        assertThat(new UndoList(directory).undo()).isEmpty();
    }

    @Test
    void whatLiesElsewhereIsLeftAloneAndNamed() throws IOException {
        Files.writeString(directory.resolve(UndoList.FILE), "mount /proc\ncgroup /sys/fs/cgroup/somebodys\nrm /etc\n");

        assertThatThrownBy(() -> new UndoList(directory).undo())
                .hasMessageContaining("/proc is not below " + directory.toRealPath())
                .hasMessageContaining("/sys/fs/cgroup/somebodys is no control group of a chaos run")
                .hasMessageContaining("unknown to this version: rm /etc");
        assertThat(Path.of("/proc/self")).exists();
        assertThat(directory.resolve(UndoList.FILE)).exists();
    }

    @Test
    void aLineThatWasCutOffAndAPlaceThatWasNeverMountedAreFine() throws IOException {
        Files.writeString(
                directory.resolve(UndoList.FILE),
                "mount " + directory.toRealPath().resolve("disk") + "\ncgroup /sys/fs/cgroup/mesolith-chaos-x\nmou");

        assertThat(new UndoList(directory).undo()).isEmpty();
        assertThat(directory.resolve(UndoList.FILE)).doesNotExist();
    }
}
