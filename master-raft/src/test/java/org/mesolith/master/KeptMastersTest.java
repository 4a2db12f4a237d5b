package org.mesolith.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptMastersTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsKeptIsThereAfterARestart() {
        new KeptMasters(directory, null).keep(Set.of("10.0.0.2:5050", "[::1]:5050"));

        assertThat(new KeptMasters(directory, null).kept()).containsExactly("10.0.0.2:5050", "[::1]:5050");
    }

    @Test
    void anEmptyListDoesNotTakeThePlaceOfAnother() {
        var kept = new KeptMasters(directory, null);
        kept.keep(Set.of("10.0.0.2:5050"));

        kept.keep(Set.of());

        assertThat(kept.kept()).containsExactly("10.0.0.2:5050");
    }

    @Test
    void mastersOfTheSettingAreAListOrAFile() throws IOException {
        var file = Files.writeString(directory.resolve("named"), "10.0.0.3:5050,10.0.0.4:5050\nnonsense\n");

        assertThat(new KeptMasters(directory, "10.0.0.2:5050, 10.0.0.3:5050").named())
                .containsExactly("10.0.0.2:5050", "10.0.0.3:5050");
        assertThat(new KeptMasters(directory, "file://" + file).named())
                .containsExactly("10.0.0.3:5050", "10.0.0.4:5050");
    }

    @Test
    void aFileThatCannotBeReadNamesNobody() {
        assertThat(new KeptMasters(directory, "file:///nowhere/masters").named())
                .isEmpty();
        assertThat(new KeptMasters(directory, null).kept()).isEmpty();
    }
}
