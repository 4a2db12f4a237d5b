package org.mesolith.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.model.Action;
import org.mesolith.settings.SettingsException;

final class MasterConfigTest {
    private static MasterConfig config(String... flags) throws SettingsException {
        return MasterConfig.of(MasterSettings.reader().read(List.of(flags), Map.of()));
    }

    @Test
    void theDefaultsAreMesosAndLoopback() throws Exception {
        var config = config("--work_dir=var");

        assertThat(config.bind().getAddress().isLoopbackAddress()).isTrue();
        assertThat(config.bind().getPort()).isEqualTo(5050);
        assertThat(config.leader().agentTimeout()).isEqualTo(Duration.ofSeconds(75));
        assertThat(config.leader().minAllocatable()).hasSize(2);
        assertThat(config.leader().agentRemovalInterval()).isZero();
    }

    @Test
    void everythingThatIsWrongIsListedAtOnce() {
        var refused = catchThrowableOfType(
                SettingsException.class,
                () -> config("--port=70000", "--raft_port=0", "--election_timeout_min=2secs", "--domain=nonsense"));

        assertThat(refused.getMessage())
                .contains("--work_dir is missing")
                .contains("--port=70000")
                .contains("--raft_port=0")
                .contains("--election_timeout_min")
                .contains("--domain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/a,b", "/srv/${HOME}", "/srv/a "})
    void aDirectoryThatConsensusWouldNotFindIsRefused(String path) {
        var refused = catchThrowableOfType(SettingsException.class, () -> config("--work_dir=" + path));

        assertThat(refused.getMessage()).contains("--work_dir '" + path + "'").contains("choose another path");
    }

    @Test
    void anAddressBeyondLoopbackNeedsTheWordInsecure() throws Exception {
        var refused = catchThrowableOfType(SettingsException.class, () -> config("--work_dir=var", "--ip=0.0.0.0"));

        assertThat(refused.getMessage()).contains("there is no TLS yet").contains("--insecure_network");
        assertThat(config("--work_dir=var", "--ip=0.0.0.0", "--insecure_network", "--advertise_ip=10.0.0.1")
                        .bind()
                        .getPort())
                .isEqualTo(5050);
    }

    @Test
    void anAddressThatNobodyCanCallIsNotAnnounced() {
        var refused = catchThrowableOfType(
                SettingsException.class, () -> config("--work_dir=var", "--ip=0.0.0.0", "--insecure_network"));

        assertThat(refused.getMessage()).contains("--advertise_ip");
    }

    @Test
    void othersAreToldOtherPortsThanItListensOnIfTheOrderSaysSo() throws Exception {
        var plain = config("--work_dir=var", "--port=7000", "--raft_port=7001");
        assertThat(plain.announcedPort()).isEqualTo(7000);
        assertThat(plain.announcedRaftPort()).isEqualTo(7001);

        var told = config("--work_dir=var", "--advertise_port=8000", "--advertise_raft_port=8001");
        assertThat(told.raftPort()).isEqualTo(5060);
        assertThat(told.announcedPort()).isEqualTo(8000);
        assertThat(told.announcedRaftPort()).isEqualTo(8001);

        var refused = catchThrowableOfType(
                SettingsException.class,
                () -> config("--work_dir=var", "--advertise_port=8000", "--advertise_raft_port=8000"));
        assertThat(refused.getMessage()).contains("8000", "--advertise_raft_port must differ");
    }

    @Test
    void aValueThatIsNotBuiltIsRefusedAndNotIgnored() {
        var refused = catchThrowableOfType(
                SettingsException.class,
                () -> config("--work_dir=var", "--user_sorter=random", "--framework_sorter=x", "--logging_level=LOUD"));

        assertThat(refused.getMessage())
                .contains("--role_sorter=random is not supported; known: drf")
                .contains("--framework_sorter=x")
                .contains("--logging_level=LOUD is not supported; known: INFO or WARNING or ERROR");
    }

    @Test
    void whatTheLeaderMindsIsReadFromTheSettings() throws Exception {
        var config = config(
                "--work_dir=var",
                "--no-root_submissions",
                "--registry_max_agent_age=1days",
                "--registry_max_agent_count=7",
                "--hostname_lookup");

        assertThat(config.leader().rootSubmissions()).isFalse();
        assertThat(config.leader().pruning().ageMax()).isEqualTo(Duration.ofDays(1));
        assertThat(config.leader().pruning().keptMax()).isEqualTo(7);
        assertThat(config.hostname()).isNotEmpty();
    }

    @Test
    void flagsOfMesosWithoutMeaningHereAreRefusedWithTheReason() {
        var refused = catchThrowableOfType(
                SettingsException.class,
                () -> config("--work_dir=var", "--zk=zk://h/p", "--quorum=2", "--authenticate_frameworks"));

        assertThat(refused.getMessage()).contains("need no ZooKeeper").contains("there are no v0 drivers");
    }

    @Test
    void whoMayDoWhatIsReadAndWhatIsWrongWithItIsSaidAtOnce() throws Exception {
        var acls = "--acls={\"drain_agents\":[{\"principals\":{\"type\":\"ANY\"},\"agents\":{\"type\":\"NONE\"}}]}";
        var refused = catchThrowableOfType(
                SettingsException.class, () -> config("--work_dir=var", "--acls={}}", "--authenticate_http_readwrite"));

        assertThat(config("--work_dir=var", acls).leader().acls().allow(Action.DRAIN_AGENT, "p", "a"))
                .isFalse();
        assertThat(refused.getMessage()).contains("--credentials");
    }

    @Test
    void removalPaceAndFaultDomainAreRead() throws Exception {
        var config = config(
                "--work_dir=var",
                "--agent_removal_rate_limit=2/10mins",
                "--domain={\"fault_domain\":{\"region\":{\"name\":\"R\"},\"zone\":{\"name\":\"Z\"}}}");

        assertThat(config.leader().agentRemovalInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.leader().self().domain()).isNotNull();
    }
}
