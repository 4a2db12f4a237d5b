package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maintenance as operators plan and see it. */
final class MaintenanceCommandsTest {
    private static final String SCHEDULE = """
            {"type":"GET_MAINTENANCE_SCHEDULE","get_maintenance_schedule":{"schedule":{"windows":[
              {"machine_ids":[{"hostname":"host-a"},{"hostname":"host-b","ip":"10.0.0.2"}],
               "unavailability":{"start":{"nanoseconds":1790000000000000000},
                                 "duration":{"nanoseconds":5400000000000}}},
              {"machine_ids":[{"ip":"10.0.0.3"}],
               "unavailability":{"start":{"nanoseconds":1790000000500000000}}}]}}}
            """;
    private static final String STATUS = """
            {"type":"GET_MAINTENANCE_STATUS","get_maintenance_status":{"status":{
              "draining_machines":[
                {"id":{"hostname":"host-a"},"statuses":[
                  {"status":"ACCEPT","framework_id":{"value":"F1"},"timestamp":{"nanoseconds":1}},
                  {"status":"DECLINE","framework_id":{"value":"F2"},"timestamp":{"nanoseconds":1}},
                  {"status":"ACCEPT","framework_id":{"value":"F3"},"timestamp":{"nanoseconds":1}}]},
                {"id":{"ip":"10.0.0.3"}}],
              "down_machines":[{"hostname":"host-b","ip":"10.0.0.2"}]}}}
            """;

    private final FakeMaster master =
            new FakeMaster(Map.of("GET_MAINTENANCE_SCHEDULE", SCHEDULE, "GET_MAINTENANCE_STATUS", STATUS));

    @Test
    void theScheduleIsShownWithWhereEachMachineStandsAndWhatFrameworksAnswered() throws IOException {
        assertThat(master.run("maintenance", "status", "--utc").out().lines())
                .containsExactly(
                        "MACHINE            STATE     FROM                   FOR     LEAVE  STAY",
                        "host-a             draining  2026-09-21 14:13:20 Z  1h 30m  2      1",
                        "host-b (10.0.0.2)  down      2026-09-21 14:13:20 Z  1h 30m  0      0",
                        "10.0.0.3           draining  2026-09-21 14:13:20 Z  no end  0      0");
        assertThat(master.run("maintenance", "status", "--json").out()).contains("\"state\" : \"DOWN\"");
    }

    @Test
    void machinesAreNamedByTheirHostNameOrAddressAndOrderedAsTheScheduleHasThem() throws IOException {
        assertThat(master.run("maintenance", "start", "HOST-A", "10.0.0.3").err())
                .contains("host-a is down: its agents were removed")
                .contains("10.0.0.3 is down");
        assertThat(master.run("maintenance", "stop", "host-b").err()).contains("host-b (10.0.0.2) is up again");
        assertThat(master.orders())
                .containsExactly(
                        "{\"type\":\"START_MAINTENANCE\",\"start_maintenance\":{\"machines\":["
                                + "{\"hostname\":\"host-a\"},{\"ip\":\"10.0.0.3\"}]}}",
                        "{\"type\":\"STOP_MAINTENANCE\",\"stop_maintenance\":{\"machines\":["
                                + "{\"hostname\":\"host-b\",\"ip\":\"10.0.0.2\"}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maintenance start host-z|5|is in no maintenance window",
                "maintenance stop host-a|5|is not down",
                "maintenance start|2|MACHINE"
            })
    void whatCannotBeMeantIsRefusedAndNothingIsOrdered(String line, int code, String why) throws IOException {
        Run run = master.run(line.split(" "));
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(why);
        assertThat(master.orders()).isEmpty();
    }

    // ---- what is planned

    private static final String AGENTS = """
            {"type":"GET_AGENTS","get_agents":{"agents":[
              {"agent_info":{"id":{"value":"S1"},"hostname":"host-a"},"pid":"slave(1)@10.0.0.1:5051"},
              {"agent_info":{"id":{"value":"S2"},"hostname":"host-c"},"pid":"slave(1)@10.0.0.7:5051"}]}}
            """;
    private static final String TAG = "\"00000000c0ffee00\"";

    /** What the master was asked to make of the schedule; it answers the first so many times that it was changed. */
    private record Planned(Run run, List<FakeServer.Request> orders) {}

    private static Planned plan(int changedBefore, String... words) throws IOException {
        var orders = new ArrayList<FakeServer.Request>();
        try (var master = new FakeServer((request, out) -> {
            if (request.body().contains("UPDATE_MAINTENANCE_SCHEDULE")) {
                orders.add(request);
                out.write(FakeServer.answer(orders.size() <= changedBefore ? 412 : 200, "", ""));
            } else if (request.body().contains("GET_MAINTENANCE_SCHEDULE")) {
                out.write(FakeServer.answer(200, "ETag: " + TAG, SCHEDULE));
            } else {
                out.write(FakeServer.answer(200, "", request.body().contains("GET_AGENTS") ? AGENTS : STATUS));
            }
        })) {
            var line = new ArrayList<>(List.of(words));
            line.addAll(List.of("--masters", master.address()));
            return new Planned(Run.of(line.toArray(String[]::new)), orders);
        }
    }

    @Test
    void aWindowIsAddedToWhatOthersPlannedAndToNothingElse() throws IOException {
        var planned =
                plan(0, "maintenance", "schedule", "host-c", "--from", "2100-12-01 02:00", "--for", "90m", "--utc");

        assertThat(planned.run().code()).as(planned.run().err()).isZero();
        assertThat(planned.run().err())
                .contains("host-c planned from 2100-12-01 02:00:00 Z to 2100-12-01 03:30:00 Z (1h 30m)");
        assertThat(planned.orders()).hasSize(1);
        var order = planned.orders().getFirst();
        assertThat(order.headers()).contains("If-Match: " + TAG).anyMatch(line -> line.startsWith("Idempotency-Key: "));
        assertThat(order.body())
                .contains("\"hostname\":\"host-b\",\"ip\":\"10.0.0.2\"")
                .endsWith("{\"machine_ids\":[{\"hostname\":\"host-c\"}],\"unavailability\":{\"start\":"
                        + "{\"nanoseconds\":4131309600000000000},\"duration\":{\"nanoseconds\":5400000000000}}}]}}}");
    }

    @Test
    void aScheduleThatSomebodyChangedMeanwhileIsLookedAtAgain() throws IOException {
        var planned = plan(2, "maintenance", "cancel", "host-a", "--json");

        assertThat(planned.run().code()).as(planned.run().err()).isZero();
        assertThat(planned.run().out()).contains("\"changed\" : true");
        assertThat(planned.orders()).hasSize(3);
        assertThat(planned.orders().getLast().body()).doesNotContain("host-a").contains("host-b", "10.0.0.3");
        assertThat(plan(8, "maintenance", "cancel", "host-a").run().err()).contains("8 times meanwhile");
    }

    @Test
    void aMachineIsMovedFromAnothersWindowOnlyWhenThatIsSaid() throws IOException {
        var moved = plan(0, "maintenance", "schedule", "host-a", "--from", "in 2h", "--no-end", "--move");

        assertThat(moved.run().code()).as(moved.run().err()).isZero();
        assertThat(moved.orders().getFirst().body()).containsOnlyOnce("host-a").contains("host-b");
    }

    @Test
    void aDryRunShowsTheWholeScheduleAndSendsNothing() throws IOException {
        var planned = plan(0, "maintenance", "schedule", "10.0.0.7", "--from", "now", "--until", "in 3h", "--dry-run");

        assertThat(planned.run().code()).as(planned.run().err()).isZero();
        assertThat(planned.run().out()).contains("\"ip\" : \"10.0.0.7\"", "\"host-b\"");
        assertThat(planned.run().err()).contains("nothing was changed (--dry-run)", "would be planned from");
        assertThat(planned.orders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maintenance_schedule_host-a_--from_now_--for_1h|1|--move takes it from there",
                "maintenance_schedule_host-b_--from_now_--for_1h|1|is down for maintenance now",
                "maintenance_schedule_10.0.0.2_--from_now_--for_1h_--unknown|1|is down for maintenance now",
                "maintenance_schedule_host-d_--from_now_--for_1h|5|host-",
                "maintenance_schedule_host-c_--from_now|2|say how long it takes",
                "maintenance_schedule_host-c_--from_now_--for_1h_--no-end|2|say how long it takes",
                "maintenance_schedule_host-c_--from_now_--for_90|2|no length of time",
                "maintenance_schedule_host-c_--from_soon_--for_90m|2|which is no time",
                "maintenance_schedule_host-c_--from_2020-01-01 02:00_--for_90m|2|ago; give a time to come",
                "maintenance_schedule_host-c_--from_in 3h_--until_now|2|is not after --from",
                "maintenance_cancel_host-z|5|is in no maintenance window",
                "maintenance_cancel_host-b|1|meso maintenance stop host-b"
            })
    void whatCannotBePlannedIsRefusedAndNothingIsSent(String line, int code, String why) throws IOException {
        var planned = plan(0, line.split("_"));

        assertThat(planned.run().code()).as(planned.run().err()).isEqualTo(code);
        assertThat(planned.run().err()).contains(why);
        assertThat(planned.orders()).isEmpty();
    }

    @Test
    void aScheduleOfWhichNotEverythingIsShownIsNotReplaced() throws IOException {
        Run run = master.run("maintenance", "cancel", "host-a");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("does not show the whole maintenance schedule");
        assertThat(master.orders()).isEmpty();
    }
}
