package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.agent.resource.FixedEstimator;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Resources;
import org.mesolith.settings.SettingsException;

final class AgentConfigTest {
    private static final String FIXED =
            "{\"libraries\":[{\"file\":\"/lib/libfixed_resource_estimator.so\",\"modules\":["
                    + "{\"name\":\"" + FixedEstimator.NAME
                    + "\",\"parameters\":[{\"key\":\"resources\",\"value\":\"cpus:2;mem:512\"}]}"
                    + "]}]}";

    @Test
    void aFewSettingsAreEnough() throws Exception {
        var config = read("--master=a:1,b:2", "--work_dir=/w");

        assertThat(config.masters())
                .containsExactly(
                        InetSocketAddress.createUnresolved("a", 1), InetSocketAddress.createUnresolved("b", 2));
        assertThat(config.runtimeDir()).isEqualTo(Path.of("/w/run"));
        assertThat(config.bind()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5051));
        assertThat(config.cleanup()).isFalse();
    }

    @Test
    void theEnvironmentCountsAndTheCommandLineWins() throws Exception {
        var config = AgentConfig.read(
                List.of("--port=1"), Map.of("MESOS_MASTER", "a:1", "MESOS_WORK_DIR", "/w", "MESOS_PORT", "2"));

        assertThat(config.bind().getPort()).isEqualTo(1);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> read("--ip=10.1.2.3", "--resources=cpus:x", "--port=70000", "--recover=maybe"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.complaints())
                                .anyMatch(text -> text.contains("--master is missing"))
                                .anyMatch(text -> text.contains("--work_dir is missing"))
                                .anyMatch(text -> text.contains("--insecure-network"))
                                .anyMatch(text -> text.contains("--resources=cpus:x"))
                                .anyMatch(text -> text.contains("70000"))
                                .anyMatch(text -> text.contains("--recover=maybe")));
    }

    @Test
    void tokensOfExecutorsNeedAKeyThatIsLongEnough(@TempDir Path dir) throws Exception {
        var key = Files.writeString(dir.resolve("key"), "k".repeat(32));
        var shorter = Files.writeString(dir.resolve("short"), "k".repeat(31));

        var config = read("--master=a:1", "--work_dir=/w", "--executor_secret_key=" + key);

        assertThat(config.tokens()).isNotNull();
        assertThat(config.asksForTokens()).isFalse();
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=/w", "--authenticate_http_executors"))
                .hasMessageContaining("--authenticate_http_executors needs --jwt_secret_key");
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=/w", "--jwt_secret_key=" + shorter))
                .hasMessageContaining("the file has 31 bytes; a key has 32 to 65536");
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=/w", "--jwt_secret_key=" + dir.resolve("none")))
                .hasMessageContaining("the file cannot be read");
    }

    @Test
    void theSocketOfExecutorsHasAPathThatTheKernelTakes() throws Exception {
        var on = "--http_executor_domain_sockets";
        var far = "/w/" + "d".repeat(100);

        assertThat(read("--master=a:1", "--work_dir=/w").executors().socket()).isNull();
        assertThat(read("--master=a:1", "--work_dir=/w", on).executors().socket())
                .isEqualTo(Path.of("/w/run/agent.sock"));
        assertThat(read("--master=a:1", "--work_dir=" + far, on, "--domain_socket_location=/run/m.sock")
                        .executors()
                        .socket())
                .isEqualTo(Path.of("/run/m.sock"));
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=" + far, on))
                .hasMessageContaining(
                        "--domain_socket_location: the path of a domain socket has 107 bytes at most, and '" + far
                                + "/run/agent.sock' has 118; name a shorter one");
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=/w", "--domain_socket_location=/run/m.sock"))
                .hasMessageContaining("--domain_socket_location needs --http_executor_domain_sockets");
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=/w", on, "--domain_socket_location=systemd:mesos"))
                .hasMessageContaining("sockets that systemd opens are not supported; name a path");
    }

    @Test
    void anOpenNetworkNeedsToBeAskedFor() throws Exception {
        var config =
                read("--master=a:1", "--work_dir=/w", "--ip=0.0.0.0", "--insecure-network", "--advertise_ip=10.0.0.1");

        assertThat(config.bind().getAddress().isAnyLocalAddress()).isTrue();
    }

    @Test
    void aSettingOfMesosThatHasNoMeaningHereIsRefusedWithTheReason() {
        assertThatThrownBy(() -> read("--master=a:1", "--work_dir=/w", "--hooks=x", "--nonsense=1"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.complaints())
                                .anyMatch(text -> text.contains("--hooks does not apply: it loads native plug-ins"))
                                .anyMatch(text -> text.contains("--nonsense is not known")));
    }

    @Test
    void whatIsLentIsNamedAsMesosNamesIt() throws Exception {
        var config = read(
                "--master=a:1",
                "--work_dir=/w",
                "--resource_estimator=" + FixedEstimator.NAME,
                "--modules=" + FIXED,
                "--oversubscribed_resources_interval=1secs");

        assertThat(config.lending().fixed()).isEqualTo(Resources.parse("cpus{REV}:2;mem{REV}:512"));
        assertThat(config.lending().every()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read("--master=a:1", "--work_dir=/w").lending().fixed()).isEqualTo(Resources.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            NoneOfThese                             => FIXED                   => is a native plug-in of Mesos
            org_apache_mesos_FixedResourceEstimator => ''                      => does not know how much
            ''                                      => FIXED                   => is used by nobody
            org_apache_mesos_FixedResourceEstimator => x                       => it is no JSON
            org_apache_mesos_FixedResourceEstimator => {}                      => it names no module
            org_apache_mesos_FixedResourceEstimator => OTHER                   => module 'other' is a native plug-in
            org_apache_mesos_FixedResourceEstimator => ports:[1-2]             => ranges and sets cannot be lent
            org_apache_mesos_FixedResourceEstimator => cpus(role):2            => is reserved
            org_apache_mesos_FixedResourceEstimator => cpus:0                  => it names nothing
            org_apache_mesos_FixedResourceEstimator => cpus:many               => cpus
            """)
    void whatCannotBeLentIsRefusedWithTheReason(String estimator, String modules, String why) {
        var json = switch (modules) {
            case "FIXED" -> FIXED;
            case "OTHER" -> FIXED.replace(FixedEstimator.NAME, "other");
            case "x", "{}", "" -> modules;
            default -> FIXED.replace("cpus:2;mem:512", modules);
        };
        var arguments = new ArrayList<>(List.of("--master=a:1", "--work_dir=/w"));
        if (!estimator.isEmpty()) {
            arguments.add("--resource_estimator=" + estimator);
        }
        if (!json.isEmpty()) {
            arguments.add("--modules=" + json);
        }

        assertThatThrownBy(() -> read(arguments.toArray(String[]::new)))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.complaints()).anyMatch(text -> text.contains(why)));
    }

    @Test
    void whatIsLentIsNoPartOfWhatTheAgentHas() {
        assertThatThrownBy(() -> read(
                        "--master=a:1",
                        "--work_dir=/w",
                        "--resources=[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":2},"
                                + "\"revocable\":{}}]"))
                .hasMessageContaining("lend them with --resource_estimator");
    }

    @Test
    void whatMesosTakesAsJsonIsTakenAsJson() throws Exception {
        var config = read(
                "--master=a:1",
                "--work_dir=/w",
                "--domain={\"fault_domain\":{\"region\":{\"name\":\"R\"},\"zone\":{\"name\":\"Z\"}}}",
                "--executor_environment_variables={\"LANG\":\"C\"}",
                "--resources=[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":2}}]");

        assertThat(config.domain()).isEqualTo(new FaultDomain("R", "Z"));
        assertThat(config.taskEnvironment()).isEqualTo(Map.of("LANG", "C"));
        assertThat(config.resources().names()).containsExactly("cpus");
    }

    @Test
    void whatCannotWorkIsSaidWithWhatToDo() {
        assertThatThrownBy(() -> read(
                        "--master=zk://a:2181/mesos",
                        "--work_dir=/w",
                        "--ip=0.0.0.0",
                        "--insecure_network",
                        "--domain=R/Z",
                        "--executor_environment_variables=A=b",
                        "--logging_level=LOUD"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.complaints())
                                .anyMatch(text -> text.contains("no ZooKeeper here: list the masters"))
                                .anyMatch(text -> text.contains("--advertise_ip"))
                                .anyMatch(text -> text.contains("--domain=R/Z: "))
                                .anyMatch(text -> text.contains("--executor_environment_variables=A=b: "))
                                .anyMatch(text -> text.contains("--logging_level=LOUD is not supported"))
                                .hasSize(5));
    }

    private static AgentConfig read(String... arguments) throws SettingsException {
        return AgentConfig.read(List.of(arguments), Map.of());
    }
}
