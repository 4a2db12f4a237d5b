package org.mesolith.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.EventQueue;

final class WhitelistFileTest {
    private static final Duration EVERY = Duration.ofSeconds(5);

    @TempDir
    private Path dir = Path.of("");

    private final Deque<Runnable> looks = new ArrayDeque<>();
    private final List<SortedSet<String>> told = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger("org.mesolith.master");
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final EventQueue queue = new EventQueue() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void run(Runnable event) {
            looks.add(event);
        }

        @Override
        public void runAfter(Duration delay, Runnable event) {
            assertThat(delay).isEqualTo(EVERY);
            looks.add(event);
        }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(ear);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(ear);
    }

    private Path file() {
        return dir.resolve("whitelist");
    }

    private void says(String text) throws Exception {
        Files.writeString(file(), text);
    }

    private void started(String text) throws Exception {
        says(text);
        new WhitelistFile(new WhitelistFile.Rules(file(), EVERY, WhitelistFile.read(file())), queue, told::add).start();
    }

    private void look() {
        looks.remove().run();
    }

    @Test
    void aChangedFileIsTakenOverAndAnUnchangedOneIsNot() throws Exception {
        started("a\nb\n");

        look();
        says("# comment\n b \n\nc\n");
        look();
        look();

        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).containsExactly("b", "c");
        assertThat(logged).singleElement().asString().contains("names 2 hosts", "added c", "removed a");
    }

    @Test
    void aBrokenFileKeepsTheListAndIsComplainedOfOnce() throws Exception {
        started("a\n");

        says("a b\n");
        look();
        look();
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
        look();
        Files.delete(file());
        look();
        look();
        says("a\n");
        look();

        assertThat(told).isEmpty();
        assertThat(logged)
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(0)).contains("WARNING", "line 1", "1 hosts", "goes on"))
                .satisfies(lines -> assertThat(lines.get(3)).contains("can be read again"));
    }

    @Test
    void anEmptyFileMeansThatNobodyIsOfferedAndIsWarnedOf() throws Exception {
        started("a\n");

        says("");
        look();

        assertThat(told.getFirst()).isEmpty();
        assertThat(logged).singleElement().asString().contains("WARNING", "no agent is offered");
    }

    @Test
    void aNameThatIsTooLongIsNone() throws Exception {
        Files.write(file(), "x".repeat(300).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> WhitelistFile.read(file())).hasMessageContaining("line 1");
    }
}
