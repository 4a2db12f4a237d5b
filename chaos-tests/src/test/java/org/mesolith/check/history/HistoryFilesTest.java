package org.mesolith.check.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.check.history.HistoryEvent.Kind;

final class HistoryFilesTest {
    @TempDir
    private Path directory;

    private Path written(int lines, boolean finish) throws IOException {
        Path file = directory.resolve("history.gz");
        try (var writer = HistoryWriter.begin(file, Map.of("seed", "7"), 1_000)) {
            for (int line = 0; line < lines; line++) {
                long call = writer.invoke("p", "set", Map.of("value", "with \"quotes\"\nand a line " + line));
                writer.end(Kind.OK, "p", call, "set", Map.of("index", "5"));
            }
            if (finish) {
                writer.finish();
            }
        }
        return file;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        History history = HistoryReader.read(written(2, true));

        assertThat(history.setting("seed")).isEqualTo("7");
        assertThat(history.isComplete()).isTrue();
        assertThat(history.calls("set")).hasSize(2).allMatch(History.Call::isOk);
        assertThat(history.calls("set").getLast().invoke().fact("value")).isEqualTo("with \"quotes\"\nand a line 1");
        assertThat(history.calls("set").getLast().end()).isNotNull();
        assertThat(history.events()).extracting(HistoryEvent::number).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(history.events()).extracting(HistoryEvent::nanos).isSorted();
    }

    @Test
    void aHistoryWhoseWriterDiedIsReadUpToThereAndSaysThatItWasCutOff() throws IOException {
        Path whole = written(200, true);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 20));

        History history = HistoryReader.read(cut);

        assertThat(history.isComplete()).isFalse();
        assertThat(history.events().getFirst().kind()).isEqualTo(Kind.BEGIN);
    }

    @Test
    void aCallWithoutAnEndIsOpen() throws IOException {
        Path file = directory.resolve("open.gz");
        try (var writer = HistoryWriter.begin(file, Map.of())) {
            writer.invoke("p", "set", Map.of());
        }

        var call = HistoryReader.read(file).calls().getFirst();

        assertThat(call.isOpen()).isTrue();
        assertThat(call.returned()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFullHistoryTakesNothingMoreAndSaysSo() throws IOException {
        Path file = directory.resolve("full.gz");
        try (var writer = HistoryWriter.begin(file, Map.of(), 3)) {
            writer.seen("p", "x", Map.of());
            assertThat(writer.isFull()).isFalse();
            writer.seen("p", "x", Map.of());
            assertThat(writer.isFull()).isTrue();
            writer.finish();
        }

        assertThat(HistoryReader.read(file).events()).hasSize(3);
        assertThat(HistoryReader.read(file).isComplete()).isFalse();
    }

    @Test
    void whatIsNoHistoryIsRefusedWithTheLine() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "hello");
        Path other = directory.resolve("other.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(other))) {
            out.write("{\"at\":1,\"kind\":\"BEGIN\"}\n{\"at\":2,\"kind\":\"NONSENSE\"}\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> HistoryReader.read(plain)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> HistoryReader.read(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("NONSENSE");
    }
}
