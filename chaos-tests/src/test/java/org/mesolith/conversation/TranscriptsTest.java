package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
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
        isAsWrittenDown("scheduler-" + name, SchedulerStories.all(), Troupe::new, name);
    }

    static Stream<String> executorStories() {
        return ExecutorStories.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("executorStories")
    void aStoryOfAnExecutorGoesAsItIsWrittenDown(String name) throws IOException {
        isAsWrittenDown("executor-" + name, ExecutorStories.all(), ExecutorTalk::new, name);
    }

    static Stream<String> watcherStories() {
        return WatcherStories.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("watcherStories")
    void aStoryOfAnOperatorWhoListensGoesAsItIsWrittenDown(String name) throws IOException {
        isAsWrittenDown("scheduler-" + name, WatcherStories.all(), Troupe::new, name);
    }

    private static <T> String told(
            Map<String, Consumer<T>> stories, Function<Script, T> cast, String name, Encoding encoding) {
        var script = new Script(name, encoding, new Exchanges());
        Check.present(stories.get(name), "story").accept(cast.apply(script));
        return script.text().toString();
    }

    private static <T> void isAsWrittenDown(
            String file, Map<String, Consumer<T>> stories, Function<Script, T> cast, String name) throws IOException {
        var json = told(stories, cast, name, Encoding.JSON);
        var protobuf = told(stories, cast, name, Encoding.PROTOBUF);
        var record = RECORDS.resolve(file + ".txt");
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
