package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reservations as operators see them, and what they write down of them. */
final class ReservationCommandsTest {
    private static final String RESERVATIONS = """
            {"feature_level":6,"time":"2026-03-01T00:00:00Z","reservations":[
              {"agent_id":"c0ffee00-0001-S0000000001","hostname":"host-a","registered":true,"role":"ads","dynamic":true,
               "principal":"ops","stack":[{"type":"DYNAMIC","role":"ads","principal":"ops",
                "labels":{"labels":[{"key":"k","value":"v"}]}}],
               "amounts":{"cpus":4.0,"mem":8192.0},"used":{},"volumes":[],"users":[],
               "owner":"ann","purpose":"launch of the new shop","expires":"IN3D","expired":null,
               "made":"AGO5D","noted":"AGO5D","orphan":false,"orphan_since":null},
              {"agent_id":"c0ffee00-0001-S0000000002","hostname":"host-b","registered":true,"role":"ads","dynamic":true,
               "principal":"ops","stack":[{"type":"DYNAMIC","role":"ads","principal":"ops"}],
               "amounts":{"cpus":1.5,"disk":64.0},"used":{"cpus":1.5},"volumes":["orders"],"users":["task t1"],
               "owner":"bob","purpose":"","expires":"AGO5D","expired":"AGO5D",
               "made":null,"noted":"AGO5D","orphan":false,"orphan_since":null},
              {"agent_id":"c0ffee00-0001-S0000000002","hostname":"host-b","registered":true,"role":"old/web",
               "dynamic":true,"principal":null,"stack":[{"type":"DYNAMIC","role":"old/web"}],
               "amounts":{"cpus":0.5},"used":{},"volumes":[],"users":[],
               "owner":"","purpose":"","expires":null,"expired":null,
               "made":null,"noted":null,"orphan":true,"orphan_since":"AGO5D"},
              {"agent_id":"c0ffee00-0001-S0000000003","hostname":"host-c","registered":false,"role":"db",
               "dynamic":false,"principal":null,"stack":[{"type":"STATIC","role":"db"}],
               "amounts":{"disk":2048.0},"used":{},"volumes":[],"users":[],
               "owner":"","purpose":"","expires":null,"expired":null,
               "made":null,"noted":null,"orphan":true,"orphan_since":null}]}
            """;

    private final Instant now = Instant.now();
    private final String reservations = RESERVATIONS
            .replace("IN3D", now.plus(Duration.ofDays(3)).plusSeconds(60).toString())
            .replace("AGO5D", now.minus(Duration.ofDays(5)).toString());
    private final List<String> orders = new ArrayList<>();

    private Run run(String... words) throws IOException {
        try (var master = new FakeServer((request, out) -> out.write(FakeServer.answer(200, "", answer(request))))) {
            var line = new ArrayList<>(List.of(words));
            line.addAll(List.of("--masters", master.address()));
            return Run.of(line.toArray(String[]::new));
        }
    }

    private String plan = """
            {"problem":null,"candidates":3,"in_use":4,"agents":[
              {"id":"c0ffee00-0001-S0000000001","host":"host-a","place":"eu-1a","free":{"cpus":8.0,"mem":1024.0}},
              {"id":"c0ffee00-0001-S0000000002","host":"host-b","place":"eu-1b","free":{"cpus":4.0,"mem":512.0}}],
             "places":[{"name":"eu-1a","candidates":2,"chosen":1},{"name":"eu-1b","candidates":1,"chosen":1}],
             "lacking":[{"id":"c0ffee00-0001-S0000000003","host":"host-c","text":"cpus 2 wanted, 0.5 free"}]}
            """;

    private String answer(FakeServer.Request request) {
        if (request.target().equals("/reservations/plan")) {
            return plan;
        }
        if (request.body().contains("\"GET_ROLES\"")) {
            return "{\"type\":\"GET_ROLES\",\"get_roles\":{\"roles\":[{\"name\":\"ads\"}]}}";
        }
        if (request.line().startsWith("POST")) {
            orders.add(request.target() + " " + request.body());
            return "";
        }
        return reservations;
    }

    @Test
    void reservationsAreListedInAHundredColumnsAndThoseNobodyNeedsAreExplained() throws IOException {
        var run = run("reservation", "ls");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().limit(6))
                .containsExactly(
                        "AGENT        RESERVATION  RESOURCES           STATE         OWNER  PURPOSE   AGE  EXPIRES",
                        "S0000000001  ads@ops#k=v  cpus:4 mem:8192MB   free          ann    launch …  5d   3d",
                        "S0000000002  ads@ops      cpus:1.5 disk:64MB  expired used  bob    -         -    over",
                        "S0000000002  old/web      cpus:0.5            orphan free   -      -         -    -",
                        "S0000000003  db           disk:2048MB         static        -      -         -    -",
                        "");
        assertThat(run.out())
                .contains("S0000000002 ads: expired 5d ago (")
                .contains("still used by task t1; volumes orders are made of it")
                .contains("S0000000002 old/web: no framework has the role old/web or one below it since 5d ago (")
                .contains("since when is not known; static: it belongs to the agent's --resources");
        assertThat(run.out().lines().limit(5)).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--role old|1",
                "--role ads|2",
                "--agent host-b|2",
                "--agent S0000000001|1",
                "--owner ann|1",
                "--age 4d|1",
                "--age 6d|0",
                "--orphans|2",
                "--orphans --for 6d|1"
            })
    void reservationsAreChosen(String words, int rows) throws IOException {
        var line = new ArrayList<>(List.of("reservation", "ls", "--json"));
        line.addAll(List.of(words.split(" ")));

        var run = run(line.toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().split("\"agent_id\"", -1)).hasSize(rows + 1);
    }

    @Test
    void whatIsNamedIsWrittenDownAndTheRestIsNotMentioned() throws IOException {
        var run = run("reservation", "note", "host-a", "ads", "--owner", "cid", "--expires", "never");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(orders)
                .containsExactly("/reservations/note {\"owner\":\"cid\",\"expires\":null,\"reservations\":["
                        + "{\"agent\":\"c0ffee00-0001-S0000000001\",\"stack\":["
                        + "{\"type\":\"DYNAMIC\",\"role\":\"ads\",\"principal\":\"ops\","
                        + "\"labels\":{\"labels\":[{\"key\":\"k\",\"value\":\"v\"}]}}]}]}");
    }

    @Test
    void everyReservationOfARoleIsNotedAtOnce() throws IOException {
        var run = run("reservation", "note", "--all", "ads", "--purpose", "x", "--dry-run");

        assertThat(run.out()).contains("S0000000001", "S0000000002");
        assertThat(orders).isEmpty();
    }

    // ---- reserving on agents that are found

    @Test
    void thePlanIsShownAndDoneWithAYes() throws IOException {
        var run = run(
                "reserve",
                "ads",
                "cpus:2;mem:0.5GB",
                "--agents",
                "2",
                "--spread",
                "zone",
                "--owner",
                "ann",
                "--principal",
                "ops",
                "--yes");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err().lines())
                .containsExactly(
                        "AGENT        HOST    ZONE   FREE BEFORE",
                        "S0000000001  host-a  eu-1a  cpus:8 mem:1024MB",
                        "S0000000002  host-b  eu-1b  cpus:4 mem:512MB",
                        "3 of 4 agents that are in use have room for it",
                        "  zone eu-1a: 1 of 2 with room",
                        "  zone eu-1b: 1 of 1 with room",
                        "reserved on c0ffee00-0001-S0000000001, c0ffee00-0001-S0000000002, all at once");
        assertThat(orders)
                .containsExactly("/reservations {\"agents\":[\"c0ffee00-0001-S0000000001\","
                        + "\"c0ffee00-0001-S0000000002\"],\"role\":\"ads\",\"principal\":\"ops\","
                        + "\"resources\":\"cpus:2;mem:512\",\"owner\":\"ann\"}");
    }

    @Test
    void withoutAYesAndATerminalThePlanIsOnlyShown() throws IOException {
        var run = run("reserve", "ads", "cpus:2", "--agents", "2");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("S0000000002", "nothing was changed. If it is meant: --yes");
        assertThat(orders).isEmpty();
    }

    @Test
    void aDryRunShowsThePlanAndTheCall() throws IOException {
        var run = run("reserve", "ads", "cpus:2", "--agents", "2", "--dry-run");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"agents\"", "S0000000002");
        assertThat(orders).isEmpty();
    }

    @Test
    void fewerAgentsThanAreWantedIsRefusedWithWhatIsLackingWhere() throws IOException {
        plan = plan.replace("\"problem\":null", "\"problem\":\"2 of the 3 agents that are wanted have room\"");

        var run = run("reserve", "ads", "cpus:2", "--agents", "3", "--yes");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("  c0ffee00-0001-S0000000003 (host-c): cpus 2 wanted, 0.5 free")
                .contains("2 of the 3 agents that are wanted have room; nothing was reserved");
        assertThat(orders).isEmpty();
    }

    // ---- what nobody needs

    @Test
    void whatNobodyNeedsIsShownAndGivenBackWithAYes() throws IOException {
        assertThat(run("reservation", "gc", "--dry-run").out())
                .contains("old/web", "expired used")
                .doesNotContain("db ");
        assertThat(run("reservation", "gc").err()).contains("If it is meant: --yes");
        assertThat(orders).isEmpty();
        var run = run("reservation", "gc", "--role", "old", "--yes");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(orders)
                .containsExactly("/reservations/release {\"reservations\":[{\"agent\":\"c0ffee00-0001-S0000000002\","
                        + "\"stack\":[{\"type\":\"DYNAMIC\",\"role\":\"old/web\"}]}]}");
        assertThat(run.err()).contains("0 of 1 are given back");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reservation note host-a ads|2|give --owner, --purpose or --expires",
                "reservation note host-a --owner x|2|name an agent and a role",
                "reservation note --all host-a ads --owner x|2|name the role and no agent",
                "reservation note host-a web --owner x|5|nothing is reserved for `web` on `host-a`",
                "reservation note host-c db --owner x|5|is static",
                "reservation note c0ffee ads --owner x|2|2 agents match `c0ffee`",
                "reservation note --all web --owner x|5|nothing that could be noted",
                "reservation note host-a ads --expires 2026-01-01T00:00Z|2|is over already",
                "reservation note host-a ads --expires soon|2|is no time",
                "reservation ls --age old|2|no length of time",
                "reservation ls --orphans --for 0s|2|more than nothing"
            })
    void whatCannotBeMeantIsRefusedAndNothingIsChanged(String line, int code, String why) throws IOException {
        Run run = run(line.split(" "));

        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(why);
        assertThat(orders).isEmpty();
    }
}
