package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** Questions to a real leader: why is nothing offered, and what would be if. One story, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ExplainIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Pattern RAISE = Pattern.compile("raise limit of eng by cpus:([0-9.]+)[^ ]*;mem:([0-9.]+)");

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static HandFramework framework;
    private static String agent = "";
    private static double cpus;
    private static double mem;
    private static int runs;

    @BeforeAll
    static void start() {
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 2));
        cluster.start();
        Waiting.until("two active agents", LONG, () -> {
            String said = meso(0, "agent", "ls");
            return said.split(" {2}active {2}", -1).length == 3 ? "" : "agents: " + said;
        });
        limit(0, 0);
        framework = HandFramework.subscribeInRole(cluster.awaitLeader(LONG).address(), "eng");
    }

    @AfterAll
    static void stop() {
        framework.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void aLimitOfQuotaIsNamedWithTheChangeThatHelps() {
        String said = meso(0, "explain", "offers", "--framework", framework.id());
        assertThat(said)
                .contains("2 agents  QUOTA_LIMIT", "limit of role eng reached", "change: raise limit of eng by cpus:");
        var raise = RAISE.matcher(said);
        assertThat(raise.find()).as(said).isTrue();
        cpus = Double.parseDouble(raise.group(1));
        mem = Double.parseDouble(raise.group(2));
    }

    @Test
    @Order(2)
    void theSameRaiseIsTriedOnACopyFirstAndNothingIsWritten() throws IOException {
        Path file = Files.writeString(
                directory.resolve("change.yaml"),
                "set_quota:\n  - role: eng\n    limits: cpus:" + cpus + ";mem:" + mem + "\n");
        String said = meso(0, "what-if", "--file", file.toString(), "--json");
        JsonObject answer = Json.readObject(said.substring(said.indexOf('{')).getBytes(StandardCharsets.UTF_8));
        assertThat(answer.objects("roles")).anySatisfy(role -> {
            assertThat(role.text("role")).isEqualTo("eng");
            assertThat(role.text("fate")).isEqualTo("GAINS");
        });
        assertThat(meso(0, "explain", "offers", "--framework", framework.id())).contains("QUOTA_LIMIT");
    }

    @Test
    @Order(3)
    void theRaiseBringsOffersAndTheExplanationSaysSo() {
        limit(cpus, mem);
        JsonObject offer = framework.awaitOffer();
        agent = offer.text("agent_id.value");
        String said = meso(0, "explain", "offers", "--framework", framework.id(), "--agent", agent, "--role", "eng");
        assertThat(said).contains("1 agent  HOLDS_OFFER", offer.text("id.value"));
    }

    @Test
    @Order(4)
    void aWrongKeyInAFileIsNamedWithItsLineAndTheNearestOne() throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "set_weight:\n  - rol: eng\n    weight: 2\n");
        assertThat(meso(2, "what-if", "--file", file.toString()))
                .contains("wrong.yaml:2: set_weight has no key \"rol\"; the nearest valid one is \"role\"");
        Path other = Files.writeString(directory.resolve("other.yaml"), "\nset_wait:\n  - role: eng\n");
        assertThat(meso(2, "what-if", "--file", other.toString()))
                .contains("other.yaml:2: there is no change \"set_wait\"; the nearest valid one is \"set_weight\"");
    }

    @Test
    @Order(5)
    void agentsRolesTasksAndReservationsTellTheirStory() {
        assertThat(meso(0, "explain", "agent", agent)).contains(": active", "offer");
        assertThat(meso(0, "explain", "role", "eng")).contains("wants offers", "limit");
        assertThat(meso(0, "explain", "reservation", agent)).contains("nothing reserved");
        assertThat(meso(5, "explain", "task", "nobody")).contains("no task has the id 'nobody'");
    }

    @Test
    @Order(6)
    void anUnknownFrameworkOrAgentIsSaidToBeUnknown() {
        assertThat(meso(5, "explain", "offers", "--framework", "nobody")).contains("no framework has the id or name");
        assertThat(meso(1, "what-if", "--drain", "nobody")).contains("no agent has the id or name 'nobody'");
    }

    @Test
    @Order(7)
    void addedAgentsAndWeightsAreTriedFromTheCommandLine() {
        String said = meso(
                0,
                "what-if",
                "--add-agents",
                "3",
                "--like",
                agent,
                "--add-framework",
                "newcomer=ads",
                "--set-weight",
                "ads=2");
        assertThat(said).contains("nothing was changed", "newcomer", "ads");
        assertThat(meso(0, "weight", "get")).doesNotContain("ads");
    }

    private static void limit(double cpusMax, double memMax) {
        var limits = JsonObject.of("cpus", JsonObject.of("value", cpusMax), "mem", JsonObject.of("value", memMax));
        var quota = JsonObject.of("role", "eng", "limits", limits);
        var call =
                JsonObject.of("type", "UPDATE_QUOTA", "update_quota", JsonObject.of("quota_configs", List.of(quota)));
        var answer = HandFramework.post(cluster.awaitLeader(LONG).address(), "/api/v1", call, LONG);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Runs a command to its end and checks its exit code. */
    private static String meso(int code, String... args) {
        OsProcess process = OsProcess.start(
                "meso",
                cluster.installation().command(args),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("meso-" + ++runs + ".log"));
        int ended = process.awaitEnd(LONG);
        try {
            String said = Files.readString(directory.resolve("meso-" + runs + ".log"));
            assertThat(ended).as(said).isEqualTo(code);
            return said;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
