package org.mesolith.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.console.Failure;

final class OwnCredentialTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void withoutAFileNobodyIsNamed() {
        assertThat(OwnCredential.header(null)).isNull();
        assertThat(OwnCredential.header("")).isNull();
    }

    @Test
    void aFileIsBasicAuthentication() throws Exception {
        var file = Files.writeString(dir.resolve("c"), "{\"principal\": \"ops\", \"secret\": \"s\"}");

        assertThat(OwnCredential.header(file.toString())).isEqualTo("Basic b3BzOnM=");
    }

    @Test
    void aFileThatIsNoCredentialIsToldWithItsName() throws Exception {
        var file = Files.writeString(dir.resolve("c"), "{}");

        assertThatThrownBy(() -> OwnCredential.header(file.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> OwnCredential.header(dir.resolve("missing").toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("MESO_CREDENTIAL");
    }
}
