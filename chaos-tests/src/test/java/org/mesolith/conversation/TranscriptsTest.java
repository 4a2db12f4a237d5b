package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.base.Check;
import org.mesolith.codec.body.Encoding;

/**
 * The stories of the guides go word for word as they went when they were written down, in either encoding; when
 * something else is meant, they are written anew with {@code -Dupdate=true}.
 */
final class TranscriptsTest {
    private static final Path RECORDS = Path.of("src/test/resources/conversations");

    static Stream<String> schedulerStories() {
        return SchedulerStories.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("schedulerStories")
    void aStoryOfTheSchedulerGoesAsItIsWrittenDown(String name) throws IOException {
        isAsWrittenDown("scheduler-" + name, play(name, Encoding.JSON), play(name, Encoding.PROTOBUF));
    }

    private static String play(String name, Encoding encoding) {
        var script = new Script(name, encoding, new Exchanges());
        Check.present(SchedulerStories.all().get(name), "story").accept(new Troupe(script));
        return script.text().toString();
    }

    static Stream<String> executorStories() {
        return ExecutorStories.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("executorStories")
    void aStoryOfAnExecutorGoesAsItIsWrittenDown(String name) throws IOException {
        isAsWrittenDown("executor-" + name, host(name, Encoding.JSON), host(name, Encoding.PROTOBUF));
    }

    private static String host(String name, Encoding encoding) {
        var script = new Script(name, encoding, new Exchanges());
        Check.present(ExecutorStories.all().get(name), "story").accept(new ExecutorTalk(script));
        return script.text().toString();
    }

    static Stream<String> watcherStories() {
        return WatcherStories.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("watcherStories")
    void aStoryOfAnOperatorWhoListensGoesAsItIsWrittenDown(String name) throws IOException {
        isAsWrittenDown("scheduler-" + name, watch(name, Encoding.JSON), watch(name, Encoding.PROTOBUF));
    }

    private static String watch(String name, Encoding encoding) {
        var script = new Script(name, encoding, new Exchanges());
        Check.present(WatcherStories.all().get(name), "story").accept(new Troupe(script));
        return script.text().toString();
    }

    private static void isAsWrittenDown(String name, String json, String protobuf) throws IOException {
        var record = RECORDS.resolve(name + ".txt");
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(RECORDS);
            Files.writeString(record, json);
        }

        assertThat(json)
                .as("make the record anew: mvn test -pl chaos-tests -am -Dtest=TranscriptsTest -Dupdate=true")
                .isEqualTo(Files.readString(record));
        assertThat(protobuf).isEqualTo(json);
    }
}
