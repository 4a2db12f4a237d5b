package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
}
