package org.mesolith.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {
    private static final List<Setting> KNOWN = List.of(
            Setting.of("port", Setting.Kind.INTEGER, "5050", "TCP port."),
            Setting.of("agent_ping_timeout", Setting.Kind.DURATION, "15secs", "One ping.")
                    .formerly("slave_ping_timeout"),
            Setting.of("authenticate", Setting.Kind.SWITCH, "false", "Whether."),
            Setting.optional("cluster", Setting.Kind.TEXT, "Name."),
            Setting.optional("work_dir", Setting.Kind.PATH, "Directory."));

    private static SettingsReader reader() {
        return new SettingsReader(KNOWN, Map.of("zk", "masters form a Raft group and need no ZooKeeper"));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile(@TempDir Path dir) throws Exception {
        var file = Files.writeString(dir.resolve("conf"), "# comment\nport=1\ncluster=fromfile\nauthenticate = true\n");

        var settings = reader().read(
                        List.of("--config=" + file, "--port=3"),
                        Map.of("MESOS_PORT", "2", "MESOS_CLUSTER", "fromenv", "MESOS_SLAVE_PING_TIMEOUT", "20secs"));

        assertThat(settings.integer("port")).isEqualTo(3);
        assertThat(settings.text("cluster")).isEqualTo("fromenv");
        assertThat(settings.on("authenticate")).isTrue();
        assertThat(settings.duration("agent_ping_timeout")).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.find("work_dir")).isNull();
    }

    @Test
    void switchesAreGivenByNameAloneAndValuesMayFollowASpace() throws Exception {
        var settings = reader().read(List.of("--authenticate", "--port", "7", "--cluster=a=b"), Map.of());

        assertThat(settings.on("authenticate")).isTrue();
        assertThat(settings.integer("port")).isEqualTo(7);
        assertThat(settings.text("cluster")).isEqualTo("a=b");
        assertThat(reader().read(List.of("--no-authenticate"), Map.of()).on("authenticate"))
                .isFalse();
    }

    @Test
    void everyComplaintIsListedAtOnce() {
        var refused = catchThrowableOfType(
                SettingsException.class,
                () -> reader().read(
                                List.of("--port=x", "--zk=zk://a", "--nonsense=1", "word", "--cluster=file:///nowhere"),
                                Map.of()));

        assertThat(refused.complaints()).hasSize(5);
        assertThat(refused.getMessage())
                .contains("--port='x': give a whole number")
                .contains("--zk does not apply: masters form a Raft group")
                .contains("--nonsense is not known")
                .contains("'word' is not a setting")
                .contains("cannot read /nowhere");
    }

    @Test
    void aVariableThatDoesNotApplyIsRefusedLikeAFlagAndOneOfSomebodyElseIsLeftAlone() throws Exception {
        var refused = catchThrowableOfType(
                SettingsException.class, () -> reader().read(List.of(), Map.of("MESOS_ZK", "zk://a")));

        assertThat(refused.getMessage()).contains("MESOS_ZK in the environment does not apply: masters form");
        assertThat(reader().read(List.of(), Map.of("MESOS_SANDBOX", "/x")).find("sandbox"))
                .isNull();
    }

    @Test
    void thePageListsEverySettingAndEveryRefusedName() {
        var page = reader().page("Title", "Intro.");

        assertThat(page)
                .startsWith("# Title\n\nIntro.\n\n| setting |")
                .contains("| `port` | integer | `5050` | TCP port. |\n")
                .contains("| `agent_ping_timeout` | duration | `15secs` | One ping. Also `slave_ping_timeout`. |\n")
                .contains("| `cluster` | text |  | Name. |\n")
                .contains("| `zk` | masters form a Raft group and need no ZooKeeper |\n");
    }

    @Test
    void aValueMayNameAFile(@TempDir Path dir) throws Exception {
        var file = Files.writeString(dir.resolve("name"), "blue\n");

        assertThat(reader().read(List.of("--cluster=file://" + file), Map.of()).text("cluster"))
                .isEqualTo("blue");
    }

    @ParameterizedTest
    @CsvSource({
        "10mins,PT10M,10mins",
        "1.5secs,PT1.5S,1500ms",
        "2weeks,PT336H,2weeks",
        "0ns,PT0S,0ns",
        "90secs,PT1M30S,90secs"
    })
    void durationsAreReadAndWritten(String text, Duration duration, String written) {
        assertThat(SettingText.duration(text)).isEqualTo(duration);
        assertThat(SettingText.text(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"64MB,67108864", "1B,1", "2GB,2147483648", "1.5KB,1536"})
    void sizesAreReadInPowersOf1024(String text, long bytes) {
        assertThat(SettingText.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"10", "mins", "1parsec", "-", "99999999999weeks"})
    void whatIsNoDurationIsRefused(String text) {
        assertThat(SettingText.duration(text)).isNull();
    }
}
