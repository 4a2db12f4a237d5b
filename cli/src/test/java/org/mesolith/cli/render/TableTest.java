package org.mesolith.cli.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.client.Json;

final class TableTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void columnsAreAsWideAsTheyNeedAndNothingFollowsTheLast() {
        var table = new Table(out, "ID", "NAME");
        table.row("a-long-id", "n");
        table.row("b", "");
        table.end();
        assertThat(bytes.toString(UTF_8)).isEqualTo("ID         NAME\na-long-id  n\nb          -\n");
    }

    @Test
    void aCellCannotMoveTheCursor() {
        var table = new Table(out, "ID");
        table.row("a\u001b[2Jb\nc");
        table.end();
        assertThat(bytes.toString(UTF_8)).isEqualTo("ID\na [2Jb c\n");
    }

    @Test
    void manyRowsArePrintedAsTheyComeWithTheFirstWidths() {
        var table = new Table(out, "ID", "X");
        for (int count = 0; count < 1_000; count++) {
            table.row("id", "x");
        }
        assertThat(bytes.toString(UTF_8).lines()).hasSize(1_001);
        table.row("longer-id", "x");
        table.end();
        assertThat(bytes.toString(UTF_8)).endsWith("longer-id  x\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "0.1, 0.1", "2.5, 2.5", "1234567, 1234567", "0.001, 0.001", "1.10, 1.1"})
    void numbersHaveNoNeedlessZeros(double value, String text) {
        assertThat(Texts.decimal(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "99, 1s", "-20, 2m", "-9000, 2h", "-400000, 4d", "101, 0s"})
    void agesAreShort(double epochSeconds, String text) {
        Instant now = Instant.ofEpochSecond(100);
        double at = epochSeconds < 0 ? 1_000_000 + epochSeconds : epochSeconds;
        assertThat(Texts.age(at, epochSeconds < 0 ? Instant.ofEpochSecond(1_000_100) : now))
                .isEqualTo(text);
    }

    @Test
    void spansAreReadable() {
        assertThat(Texts.span(Duration.ofMillis(840))).isEqualTo("840 ms");
        assertThat(Texts.span(Duration.ofMillis(1_240))).isEqualTo("1.2 s");
    }

    @Test
    void resourcesOfOneNameAreSummed() throws IOException {
        var offer = Json.readObject(("{\"r\":[{\"name\":\"cpus\",\"scalar\":{\"value\":1.5}},"
                        + "{\"name\":\"cpus\",\"scalar\":{\"value\":0.25}},{\"name\":\"disks\","
                        + "\"set\":{\"item\":[\"a\",\"b\"]}}]}")
                .getBytes(UTF_8));
        assertThat(Texts.resources(offer.objects("r"))).isEqualTo("cpus:1.75 disks:2");
    }

    @Test
    void whatCanBeTakenBackStandsApart() throws IOException {
        var offer = Json.readObject(("{\"r\":[{\"name\":\"cpus\",\"scalar\":{\"value\":1.5}},"
                        + "{\"name\":\"cpus\",\"revocable\":{},\"scalar\":{\"value\":2}}]}")
                .getBytes(UTF_8));
        assertThat(Texts.resources(offer.objects("r"))).isEqualTo("cpus:1.5 cpus_revocable:2");
    }
}
