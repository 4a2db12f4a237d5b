package org.mesolith.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownMastersTest {
    private static final InetSocketAddress A = InetSocketAddress.createUnresolved("a", 1);
    private static final InetSocketAddress B = InetSocketAddress.createUnresolved("b", 2);
    private static final InetSocketAddress C = InetSocketAddress.createUnresolved("c", 3);

    @TempDir
    private Path directory;

    @Test
    void mastersThatALeaderNamesAreTriedAfterTheConfiguredOnes() {
        var masters = new KnownMasters(List.of(A, B), null, null);

        masters.learn(List.of("b:2", "c:3"));

        assertThat(masters.all()).containsExactly(A, B, C);
    }

    @Test
    void namedMastersSurviveARestart() {
        var file = directory.resolve("masters");
        new KnownMasters(List.of(A), null, file).learn(List.of("b:2", "c:3"));

        assertThat(new KnownMasters(List.of(A), null, file).all()).containsExactly(A, B, C);
    }

    @Test
    void aLaterListTakesThePlaceOfTheEarlierOne() {
        var masters = new KnownMasters(List.of(A), null, null);

        masters.learn(List.of("b:2"));
        masters.learn(List.of());
        masters.learn(List.of("c:3"));

        assertThat(masters.all()).containsExactly(A, C);
    }

    @Test
    void aListWithSomethingElseInItIsNotTaken() {
        var masters = new KnownMasters(List.of(A), null, null);

        masters.learn(List.of("b:2", "nonsense"));

        assertThat(masters.all()).containsExactly(A);
    }

    @Test
    void aFileIsReadAgainAtEachLook() throws IOException {
        var source = directory.resolve("source");
        Files.writeString(source, "a:1\n");
        var masters = new KnownMasters(List.of(A), source, null);
        assertThat(masters.all()).containsExactly(A);

        Files.writeString(source, "b:2, c:3\n");
        assertThat(masters.all()).containsExactly(B, C);

        Files.delete(source);
        assertThat(masters.all()).containsExactly(A);
    }

    @Test
    void anOperatorsMastersTakeThePlaceOfTheConfiguredOnesUntilThoseChange() throws IOException {
        var file = directory.resolve("masters");
        var masters = new KnownMasters(List.of(A), null, file);

        masters.repoint(List.of("b:2"));

        assertThat(masters.all()).containsExactly(B);
        assertThat(new KnownMasters(List.of(A), null, file).all()).containsExactly(B);
        assertThat(new KnownMasters(List.of(C), null, file).all()).containsExactly(C, B);
    }

    @Test
    void whatALeaderNamesLaterDoesNotBringTheConfiguredOnesBack() throws IOException {
        var masters = new KnownMasters(List.of(A), null, directory.resolve("masters"));
        masters.repoint(List.of("b:2"));

        masters.learn(List.of("b:2", "c:3"));

        assertThat(masters.all()).containsExactly(B, C);
    }

    @Test
    void anAgentThatDoesNotRunGoesThereAtItsNextStartWhateverItsSettingSaysThen() throws IOException {
        var file = directory.resolve(KnownMasters.CHECKPOINT);
        KnownMasters.repoint(directory, List.of("b:2"));

        assertThat(new KnownMasters(List.of(A), null, file).all()).containsExactly(B);
        assertThat(new KnownMasters(List.of(A), null, file).all()).containsExactly(B);
        assertThat(new KnownMasters(List.of(C), null, file).all()).containsExactly(C, B);
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        var file = directory.resolve("masters");
        Files.writeString(file, "no address\n");

        assertThat(new KnownMasters(List.of(A), null, file).all()).containsExactly(A);
    }

    @Test
    void addressesMayBeSeparatedByCommasAndLines() {
        assertThat(KnownMasters.parse("a:1,\nb:2 [::1]:3"))
                .containsExactly(A, B, InetSocketAddress.createUnresolved("::1", 3));
        assertThatThrownBy(() -> KnownMasters.parse("a")).hasMessageContaining("not host:port");
        assertThatThrownBy(() -> KnownMasters.parse(" ")).hasMessageContaining("names no master");
    }
}
