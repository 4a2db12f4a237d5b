package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.log.MemberAddress;

final class IdentityFileTest {
    private static final List<MemberAddress> FOUNDERS =
            List.of(new MemberAddress("m1", "127.0.0.1", 1, 2), new MemberAddress("m2", "::1", 3, 4));

    @TempDir
    Path dir;

    @Test
    void aNewDirectoryBecomesANewMemberAndStaysTheSameOne() throws Exception {
        var first = new IdentityFile(dir).readOrMake(List.of());
        var second = new IdentityFile(dir).readOrMake(List.of());

        assertThat(first.stage()).isEqualTo(Identity.Stage.EMPTY);
        assertThat(second).isEqualTo(first);
        assertThat(Identity.fresh().memberId()).isNotEqualTo(first.memberId());
    }

    @Test
    void everythingWrittenIsReadBack() throws Exception {
        var identity = Identity.fresh()
                .bootstrapping("cluster", "0b6c1c1e-0000-4000-8000-000000000001", FOUNDERS)
                .bootstrapped();
        new IdentityFile(dir).write(identity);

        assertThat(new IdentityFile(dir).readOrMake(List.of())).isEqualTo(identity);
    }

    @Test
    void aDamagedIdentityIsRefused() throws Exception {
        new IdentityFile(dir).readOrMake(List.of());
        var file = dir.resolve(IdentityFile.FILE);
        Files.writeString(file, Files.readString(file).replace("stage=EMPTY", "stage=BOOTSTRAPPED"));

        assertThatThrownBy(() -> new IdentityFile(dir).readOrMake(List.of()))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Halt.Code.CORRUPT_DATA))
                .hasMessageContaining("checksum");
    }

    @Test
    void dataWithoutAnIdentityIsRefused() throws Exception {
        Files.createDirectories(dir.resolve("raft/group"));

        assertThatThrownBy(() -> new IdentityFile(dir).readOrMake(List.of(dir.resolve("raft"))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is missing although");
    }

    @Test
    void aDirectoryInUseIsRefusedAndFreeAfterwards() throws Exception {
        try (var first = DirectoryLock.take(dir)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.take(dir))
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Halt.Code.DATA_IN_USE))
                    .hasMessageContaining(
                            "by process " + ProcessHandle.current().pid());
        }
        DirectoryLock.take(dir).close();
    }
}
