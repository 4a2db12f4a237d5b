package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans to empty agents as operators see and make them. */
final class DrainCommandsTest {
    private static final String AGENTS = """
            {"type":"GET_AGENTS","get_agents":{"agents":[
              {"agent_info":{"id":{"value":"S1"},"hostname":"host-a",
                "attributes":[{"name":"rack","type":"TEXT","text":{"value":"r7"}}],
                "domain":{"fault_domain":{"region":{"name":"eu"},"zone":{"name":"eu-1a"}}}}},
              {"agent_info":{"id":{"value":"S2"},"hostname":"host-b",
                "attributes":[{"name":"rack","type":"TEXT","text":{"value":"r7"}}],
                "domain":{"fault_domain":{"region":{"name":"eu"},"zone":{"name":"eu-1b"}}}}},
              {"agent_info":{"id":{"value":"S3"},"hostname":"host-c"}}]}}
            """;
    private static final String OUTLOOK = """
            {"problem":PROBLEM,"batches":2,"seconds_max":120,"agents":[
              {"id":"S1","host":"host-a","zone":"eu/eu-1a","batch":1,"tasks":2,"offers":1,
               "inverse_offers_open":2,"inverse_offers_answered":1,"volumes":[{"id":"v1","role":"ads","mb":512}]},
              {"id":"S2","host":"host-b","zone":"eu/eu-1b","batch":2,"tasks":1,"offers":0,
               "inverse_offers_open":0,"inverse_offers_answered":0,"volumes":[]}],
             "tasks":[
              {"id":"t1","name":"web","framework":"F1","framework_name":"marathon","role":"web","agent":"S1",
               "resources":"cpus:1","single":true,"left_elsewhere":0,"fate":"fits","text":"agent S3"},
              {"id":"t2","name":"db","framework":"F1","framework_name":"marathon","role":"ads","agent":"S1",
               "resources":"cpus:1","single":false,"left_elsewhere":2,"fate":"FATE","text":"its volume stays"}],
             "quota":[{"role":"ads","guarantee":"cpus:4","lacking":"cpus:1","text":""}],
             "free_before":"cpus:9","free_after":"cpus:3","remarks":[]}
            """;
    private static final String PLANS = """
            {"plans":[{"id":"D7","state":"STATE","created":"2026-03-01T00:00:00Z","principal":"","max_unavailable":1,
              "grace_seconds":null,"deadline":null,"batch":2,"batches":2,"agents":[
               {"id":"S1","host":"host-a","batch":1,"step":"drained","tasks":0,"reachable":true},
               {"id":"S2","host":"host-b","batch":2,"step":"draining","tasks":3,"reachable":false}]}]}
            """;

    private final List<FakeServer.Request> orders = new ArrayList<>();
    private final List<String> states = new ArrayList<>(List.of("running"));
    private String problem = "null";
    private String fate = "fits";

    private Run run(String... words) throws IOException {
        try (var master = new FakeServer((request, out) -> out.write(FakeServer.answer(200, "", answer(request))))) {
            var line = new ArrayList<>(List.of(words));
            line.addAll(List.of("--masters", master.address()));
            return Run.of(line.toArray(String[]::new));
        }
    }

    private String answer(FakeServer.Request request) {
        if (request.target().equals("/drain/plan")) {
            return OUTLOOK.replace("PROBLEM", problem).replace("FATE", fate);
        }
        if (request.target().startsWith("/drain") && request.line().startsWith("POST")) {
            orders.add(request);
            return request.target().equals("/drain") ? "{\"id\":\"D7\"}" : "";
        }
        if (request.target().startsWith("/drain")) {
            return PLANS.replace("STATE", states.size() > 1 ? states.removeFirst() : states.getFirst());
        }
        return AGENTS;
    }

    @Test
    void thePlanShowsWhoseTasksEndAndWhatIsLeftInAHundredColumns() throws IOException {
        fate = "stranded";

        var run = run("drain", "plan", "host-a", "S2", "--grace", "60s");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "BATCH  AGENT  HOST    ZONE      TASKS  OFFERS  VOLUMES",
                        "1      S1     host-a  eu/eu-1a  2      1       v1 (ads)",
                        "2      S2     host-b  eu/eu-1b  1      0       -",
                        "asked to leave for maintenance: 2 open, 1 answered",
                        "",
                        "FRAMEWORK  ROLE  TASKS  FIT ELSEWHERE  STRANDED  NO ROOM  SINGLE",
                        "marathon   ads   1      0              1         0        0",
                        "marathon   web   1      1              0         0        1",
                        "",
                        "single instances:",
                        "  web (t1): fits on agent S3",
                        "",
                        "stranded with their volumes:",
                        "  db (t2): its volume stays",
                        "",
                        "quota: ads lacks cpus:1",
                        "free now:   cpus:9",
                        "free after: cpus:3, with what fits run elsewhere",
                        "estimate: 2 batches, at most 2m of grace in all");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(orders).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host-a S3|\"agents\":[\"S1\",\"S3\"]",
                "--zone eu-1b|\"agents\":[\"S2\"]",
                "--attribute rack=r7|\"agents\":[\"S1\",\"S2\"]",
                "--attribute rack=r7 --zone eu-1a|\"agents\":[\"S1\"]"
            })
    void agentsAreNamedOrChosen(String words, String body) throws IOException {
        var line = new ArrayList<>(List.of("drain", "apply", "--max-unavailable", "5", "--grace", "90s"));
        line.addAll(List.of(words.split(" ")));

        var run = run(line.toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo("D7");
        assertThat(orders).hasSize(1);
        assertThat(orders.getFirst().body()).contains(body, "\"max_unavailable\":5", "\"grace_seconds\":90");
        assertThat(orders.getFirst().headers()).anyMatch(header -> header.startsWith("Idempotency-Key: "));
    }

    @Test
    void whoWaitsSeesHowFarItIsUntilItIsOver() throws IOException {
        states.clear();
        states.addAll(List.of("running", "running", "done"));

        var run = run("drain", "apply", "S1", "S2", "--wait", "1m");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err().lines())
                .contains("D7 running [##########..........] 1 of 2 agents, batch 2 of 2, 3 tasks end")
                .anyMatch(line -> line.startsWith("D7 done "));
    }

    @Test
    void aPlanThatEndsOtherwiseIsAFailureForWhoWaits() throws IOException {
        states.clear();
        states.add("late");

        var run = run("drain", "apply", "S1", "--wait", "1m");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("D7 is late and not everything is drained");
    }

    @Test
    void tasksThatCouldNotRunOnAreEndedOnlyWhenThatIsSaid() throws IOException {
        fate = "no_room";

        var run = run("drain", "apply", "S1");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("1 tasks could not run on elsewhere; nothing was changed");
        assertThat(orders).isEmpty();
        assertThat(run("drain", "apply", "S1", "--anyway").code()).isZero();
        assertThat(orders).hasSize(1);
    }

    @Test
    void whatWouldBeRefusedIsSaidBeforehand() throws IOException {
        problem = "\"agent S1 is drained already\"";

        assertThat(run("drain", "plan", "S1").code()).isEqualTo(1);
        assertThat(run("drain", "apply", "S1").err()).contains("refused: agent S1 is drained already");
        assertThat(orders).isEmpty();
    }

    @Test
    void plansAreListedAndShownWithTheirAgents() throws IOException {
        assertThat(run("drain", "status").out().lines())
                .containsExactly(
                        "PLAN  STATE    BATCH  AGENTS  OVER  TASKS  DEADLINE",
                        "D7    running  2/2    2       1     3      -");
        assertThat(run("drain", "status", "d7").out().lines())
                .containsExactly(
                        "D7 running [##########..........] 1 of 2 agents, batch 2 of 2, 3 tasks end",
                        "BATCH  AGENT  HOST    STEP                    TASKS",
                        "1      S1     host-a  drained                 0",
                        "2      S2     host-b  draining (unreachable)  3");
        assertThat(run("drain", "status", "--json").out()).contains("\"step\" : \"draining\"");
    }

    @ParameterizedTest
    @CsvSource({"pause", "resume", "cancel"})
    void aPlanPausesGoesOnAndIsTakenBack(String wish) throws IOException {
        assertThat(run("drain", wish, "D7", "--dry-run").code()).isZero();
        assertThat(orders).isEmpty();

        var run = run("drain", wish, "D7");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(orders.getFirst().target()).isEqualTo("/drain/steer");
        assertThat(orders.getFirst().body()).isEqualTo("{\"id\":\"D7\",\"wish\":\"" + wish + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drain plan|2|say which agents",
                "drain plan S1 --zone eu-1a|2|not both of these ways",
                "drain plan host-d|5|did you mean `host-a`",
                "drain plan S|2|3 agents match",
                "drain plan --zone eu-9|5|there are the zones eu-1a, eu-1b",
                "drain plan --attribute rack|2|NAME=VALUE",
                "drain plan --attribute rack=r8|5|no agent is one with the attribute",
                "drain plan S1 --grace 60|2|numbers with units",
                "drain plan S1 --max-unavailable 0|2|give 1 or more",
                "drain plan S1 --deadline 2020-01-01T00:00Z|2|over already",
                "drain apply S1 --wait 600|2|numbers with units",
                "drain cancel 7|2|is no name of a plan"
            })
    void whatCannotBeMeantIsRefusedAndNothingIsOrdered(String line, int code, String why) throws IOException {
        var run = run(line.split(" "));

        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(why);
        assertThat(orders).isEmpty();
    }
}
