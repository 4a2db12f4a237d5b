package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.console.ExitCode;

/** Orders of operators: quota, reservations, agents. What is refused, and what is only shown, changes nothing. */
final class OrdersTest {
    private static final String AGENTS = """
            {"type":"GET_AGENTS","get_agents":{"agents":[
              {"agent_info":{"id":{"value":"S1"},"hostname":"host-a"},"active":true,
               "total_resources":[
                 {"name":"cpus","type":"SCALAR","scalar":{"value":4.0}},
                 {"name":"cpus","type":"SCALAR","scalar":{"value":2.0},"reservations":[
                    {"type":"DYNAMIC","role":"ads","principal":"ops","labels":{"labels":[{"key":"k","value":"v"}]}}]},
                 {"name":"mem","type":"SCALAR","scalar":{"value":64.0},"reservations":[{"type":"STATIC","role":"db"}]},
                 {"name":"mem","type":"SCALAR","scalar":{"value":32.0},"reservations":[
                    {"type":"STATIC","role":"db"},{"type":"DYNAMIC","role":"db/x","principal":"one"}]},
                 {"name":"mem","type":"SCALAR","scalar":{"value":16.0},"reservations":[
                    {"type":"STATIC","role":"db"},{"type":"DYNAMIC","role":"db/x","principal":"two"}]}]}]}}
            """;
    private static final String QUOTA = """
            {"type":"GET_QUOTA","get_quota":{"status":{"configs":[
              {"role":"eng","guarantees":{"cpus":{"value":2.0}},"limits":{"cpus":{"value":8.0},"mem":{"value":0.5}}}]}}}
            """;
    private static final String FRAMEWORKS = """
            {"type":"GET_FRAMEWORKS","get_frameworks":{"frameworks":[
              {"framework_info":{"id":{"value":"F1"},"name":"one"}},
              {"framework_info":{"id":{"value":"F2"},"name":"two"}}]}}
            """;
    private static final String TASKS = """
            {"type":"GET_TASKS","get_tasks":{"tasks":[
              {"task_id":{"value":"t1"},"framework_id":{"value":"F1"},"agent_id":{"value":"S1"}},
              {"task_id":{"value":"t2"},"framework_id":{"value":"F1"},"agent_id":{"value":"S1"}},
              {"task_id":{"value":"t3"},"framework_id":{"value":"F2"},"agent_id":{"value":"S2"}}]}}
            """;

    private static final String ROLES = """
            {"type":"GET_ROLES","get_roles":{"roles":[{"name":"eng"},{"name":"operations"}]}}
            """;

    private final FakeMaster master = new FakeMaster(Map.of(
            "GET_AGENTS",
            AGENTS,
            "GET_FRAMEWORKS",
            FRAMEWORKS,
            "GET_QUOTA",
            QUOTA,
            "GET_TASKS",
            TASKS,
            "GET_ROLES",
            ROLES));

    private Run run(String... words) throws IOException {
        return master.run(words);
    }

    @Test
    void aQuotaThatIsNotNamedStaysAsItIs() throws IOException {
        Run run = run("quota", "set", "eng", "--limit", "cpus:16");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(master.orders())
                .containsExactly("{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"force\":false,\"quota_configs\":["
                        + "{\"role\":\"eng\",\"guarantees\":{\"cpus\":{\"value\":2.0}},"
                        + "\"limits\":{\"cpus\":{\"value\":16.0}}}]}}");
    }

    @Test
    void noneTakesAGuaranteeAwayAndANewRoleBeginsWithNothing() throws IOException {
        run("quota", "set", "eng", "--guarantee", "none");
        run("quota", "set", "ops", "--guarantee", "mem:1GB", "--force");
        assertThat(master.orders().getFirst())
                .contains("\"guarantees\":{},\"limits\":{\"cpus\":{\"value\":8.0},\"mem\":{\"value\":0.5}}");
        assertThat(master.orders().getLast())
                .contains("\"force\":true")
                .contains("\"guarantees\":{\"mem\":{\"value\":1024.0}},\"limits\":{}");
    }

    @Test
    void quotasAreShownAsATable() throws IOException {
        assertThat(run("quota", "get").out().lines())
                .containsExactly("ROLE  GUARANTEE  LIMIT", "eng   cpus:2     cpus:8 mem:0.5");
        assertThat(run("quota", "get", "ops").out().lines()).hasSize(1);
    }

    @Test
    void aReservationIsMadeWithItsPrincipalAndLabels() throws IOException {
        run("reserve", "S1", "ads", "cpus:1;ports:[31000-31001]", "--principal", "ops", "--label", "k=v=w");
        assertThat(master.orders())
                .containsExactly("{\"type\":\"RESERVE_RESOURCES\","
                        + "\"reserve_resources\":{\"agent_id\":{\"value\":\"S1\"},"
                        + "\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1.0},"
                        + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"ads\",\"principal\":\"ops\","
                        + "\"labels\":{\"labels\":[{\"key\":\"k\",\"value\":\"v=w\"}]}}]},"
                        + "{\"name\":\"ports\",\"type\":\"RANGES\",\"ranges\":{\"range\":[{\"begin\":31000,"
                        + "\"end\":31001}]},"
                        + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"ads\",\"principal\":\"ops\","
                        + "\"labels\":{\"labels\":[{\"key\":\"k\",\"value\":\"v=w\"}]}}]}]}}");
    }

    @Test
    void aFrameworkIsEndedByItsIdWithItsNameOrByItsNameWithYes() throws IOException {
        assertThat(run("framework", "teardown", "F1", "--name", "one").err()).contains("one (F1) has ended");
        run("framework", "teardown", "two", "--yes");
        assertThat(master.orders())
                .containsExactly(
                        "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"F1\"}}}",
                        "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"F2\"}}}");
    }

    @Test
    void whatIsGivenBackCarriesThePrincipalAndLabelsItWasReservedWith() throws IOException {
        run("unreserve", "S1", "ads", "cpus:0.5");
        assertThat(master.orders().getFirst())
                .contains("UNRESERVE_RESOURCES")
                .contains("\"scalar\":{\"value\":0.5}")
                .contains("\"principal\":\"ops\"")
                .contains("\"key\":\"k\"");
        run("unreserve", "S1", "db/x", "--principal", "two");
        assertThat(master.orders().getLast())
                .contains("\"value\":16.0")
                .contains("\"two\"")
                .doesNotContain("\"one\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unreserve S1 db|5|static",
                "unreserve S1 nobody|5|reservation ls",
                "unreserve S1 db/x|2|--principal",
                "unreserve S9 ads|5|no agent",
                "reserve S1 ads cpus|2|cpus:4;mem:8GB",
                "reserve S1 ads cpus:0|2|above 0",
                "reserve S1 ads mem:4096|2|mem has no unit: is it mem:4096MB or mem:4096GB?",
                "reserve S1 ads cpus:1;disk:1.5|2|disk has no unit",
                "reserve S1 ads mem:4XB|2|not known: XB",
                "reserve S1 ads cpus:4GB|2|cpus",
                "unreserve S1 ads disk:10|2|disk has no unit",
                "quota set eng --limit mem:96|2|mem has no unit",
                "reserve S1 ads|2|name an agent, a role and amounts",
                "reserve S1 ads cpus:1 --agents 2|2|with --agents name no agent",
                "reserve S1 ads cpus:1 --spread zone|2|belong to --agents N",
                "reserve ads cpus:1 --agents 0|2|give 1 or more",
                "reserve S1 ads cpus(x):1|2|role",
                "reserve S1 ads cpus:1 --label =v|2|KEY=VALUE",
                "quota set eng|2|--guarantee",
                "quota set eng --limit ports:[1-2]|2|single number",
                "quota set eng --limit cpus:-1|2|cpus",
                "quota rm eng ops|5|`ops` has no quota",
                "agent gone S1|2|--host host-a",
                "agent gone S1 --host host-b|2|not on host-b",
                "framework teardown F1|2|this ends 2 task(s) of one (F1)",
                "framework teardown F1 --name two|2|is called one",
                "framework teardown F9 --yes|5|no framework",
                "agent drain S1 --grace -1|2|--grace",
                "agent drain S1 --grace 30|2|`30s` are seconds",
                "agent drain S1 --wait 600|2|`600s` are seconds",
                "agent drain S1 --wait 10x|2|numbers with units",
                "agent ls --timeout 15|2|`15s` are seconds",
                "agent show hots-a|5|did you mean `host-a`?",
                "framework teardown oen --yes|5|did you mean `one`?",
                "task kill t11|5|did you mean `t1`",
                "quota rm egn|5|did you mean `eng`?",
                "agent drain S7|5|no agent"
            })
    void whatCannotBeMeantIsRefusedAndNothingIsOrdered(String line, int code, String why) throws IOException {
        Run run = run(line.split(" "));
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(why);
        assertThat(master.orders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "quota set eng --limit cpus:1",
        "quota rm eng",
        "reserve S1 ads cpus:1",
        "unreserve S1 ads",
        "agent drain S1",
        "agent deactivate S1",
        "agent reactivate S1",
        "agent gone S1 --yes",
        "framework teardown one --yes"
    })
    void aDryRunShowsTheCallAndMakesNone(String line) throws IOException {
        Run run = run((line + " --dry-run").split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"type\"");
        assertThat(run.err()).contains("nothing was changed (--dry-run)");
        assertThat(master.orders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"agent gone S1,host-a,MARK_AGENT_GONE", "framework teardown F1,one,TEARDOWN"})
    void onATerminalTheNameIsTypedBeforeWhatCannotBeTakenBack(String line, String name, String type)
            throws IOException {
        Run wrong = master.typed(name + "x\n", line.split(" "));
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("Type `" + name + "` to go on").contains("nothing was changed");
        assertThat(master.orders()).isEmpty();

        Run right = master.typed(name + "\n", line.split(" "));

        assertThat(right.code()).as(right.err()).isZero();
        assertThat(master.orders()).singleElement().asString().contains(type);
    }

    @Test
    void aRoleThatIsSpeltAlmostLikeAKnownOneIsTakenWithARemark() throws IOException {
        Run run = run("quota", "set", "egn", "--limit", "cpus:1");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("note: the role `egn` is new (did you mean `eng`?)");
        assertThat(run("weight", "set", "eng=2").err()).doesNotContain("note:");
    }

    @Test
    void anOrderTellsProgramsWhatWasDoneAndByWhom() throws IOException {
        Run run = run("agent", "deactivate", "host-a", "--json");

        var said = Json.readObject(new ByteArrayInputStream(run.out().getBytes(StandardCharsets.UTF_8)));
        assertThat(said.text("call.type")).isEqualTo("DEACTIVATE_AGENT");
        assertThat(said.text("done")).isEqualTo("nothing of host-a (S1) is offered any more");
        assertThat(said.text("answered_by")).startsWith("127.0.0.1:");
    }

    @Test
    void aDrainTellsWhoseTasksEndBeforeItIsOrdered() throws IOException {
        Run run = run("agent", "drain", "S1", "--grace", "5s", "--gone");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.err().lines())
                .startsWith("2 tasks run on host-a (S1):", "  2 of framework F1")
                .last()
                .asString()
                .startsWith("host-a (S1) is draining; answered by 127.0.0.1:");
        assertThat(master.orders())
                .containsExactly("{\"type\":\"DRAIN_AGENT\",\"drain_agent\":{\"agent_id\":{\"value\":\"S1\"},"
                        + "\"max_grace_period\":{\"seconds\":5},\"mark_gone\":true}}");
    }

    @ParameterizedTest
    @CsvSource({
        "agent deactivate S1,DEACTIVATE_AGENT",
        "agent reactivate S1,REACTIVATE_AGENT",
        "agent gone S1 --host host-a,MARK_AGENT_GONE"
    })
    void anAgentIsOrderedByItsId(String line, String type) throws IOException {
        assertThat(run(line.split(" ")).code()).isZero();
        assertThat(master.orders()).singleElement().asString().contains(type).contains("{\"value\":\"S1\"}");
    }
}
