package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of roles and frameworks, and how they make and destroy volumes. */
final class RolesAndVolumesTest {
    private static final String ADS =
            "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"ads\",\"principal\":\"ops\"}]";
    private static final String ORDERS = "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":512.0}," + ADS
            + ",\"disk\":{\"persistence\":{\"id\":\"orders\",\"principal\":\"ops\"},"
            + "\"volume\":{\"mode\":\"RW\",\"container_path\":\"data\"}}}";
    private static final String AGENTS = """
            {"type":"GET_AGENTS","get_agents":{"agents":[
              {"agent_info":{"id":{"value":"S1"},"hostname":"host-a"},"active":true,
               "total_resources":[
                 {"name":"disk","type":"SCALAR","scalar":{"value":9000.0}},
                 {"name":"disk","type":"SCALAR","scalar":{"value":2048.0},%1$s},
                 %2$s],
               "allocated_resources":[%2$s]},
              {"agent_info":{"id":{"value":"S2"},"hostname":"host-b"},"active":true,
               "total_resources":[
                 {"name":"disk","type":"SCALAR","scalar":{"value":64.0},
                  "reservations":[{"type":"STATIC","role":"db/x"}],
                  "disk":{"source":{"type":"PATH","path":{"root":"/d1"}},
                          "persistence":{"id":"twice"},"volume":{"mode":"RW","container_path":"p"}}}]},
              {"agent_info":{"id":{"value":"S3"},"hostname":"host-c"},"active":true,
               "total_resources":[
                 {"name":"disk","type":"SCALAR","scalar":{"value":64.0},
                  "reservations":[{"type":"STATIC","role":"db"}],
                  "disk":{"persistence":{"id":"twice"},"volume":{"mode":"RW","container_path":"p"}}}]}]}}
            """.formatted(ADS, ORDERS);
    private static final String ROLES = """
            {"type":"GET_ROLES","get_roles":{"roles":[
              {"name":"ads","weight":2.5,"frameworks":[{"value":"F1"},{"value":"F2"}],
               "resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":3.0}}]}]}}
            """;
    private static final String QUOTA = """
            {"type":"GET_QUOTA","get_quota":{"status":{"configs":[
              {"role":"eng","guarantees":{"cpus":{"value":2.0}},"limits":{"cpus":{"value":8.0},"mem":{"value":0.5}}}]}}}
            """;
    private static final String FRAMEWORKS = """
            {"type":"GET_FRAMEWORKS","get_frameworks":{"frameworks":[
              {"framework_info":{"id":{"value":"F1"},"name":"one","user":"root","roles":["ads","eng"],
                 "failover_timeout":60.0,"capabilities":[{"type":"MULTI_ROLE"},{"type":"GPU_RESOURCES"}]},
               "connected":true,"active":true,
               "allocated_resources":[
                 {"name":"cpus","type":"SCALAR","scalar":{"value":1.0},"allocation_info":{"role":"ads"}},
                 {"name":"cpus","type":"SCALAR","scalar":{"value":7.0},"allocation_info":{"role":"eng"}}]},
              {"framework_info":{"id":{"value":"F2"},"name":"two"}}]}}
            """;
    private static final String TASKS = """
            {"type":"GET_TASKS","get_tasks":{"tasks":[
              {"task_id":{"value":"t1"},"framework_id":{"value":"F1"},"agent_id":{"value":"S1"},"state":"TASK_RUNNING"},
              {"task_id":{"value":"t3"},"framework_id":{"value":"F2"},"agent_id":{"value":"S2"}}]}}
            """;

    private final FakeMaster master = new FakeMaster(Map.of(
            "GET_AGENTS",
            AGENTS,
            "GET_ROLES",
            ROLES,
            "GET_QUOTA",
            QUOTA,
            "GET_FRAMEWORKS",
            FRAMEWORKS,
            "GET_TASKS",
            TASKS));

    @Test
    void rolesAreThoseWithAFrameworkAWeightAQuotaOrAReservation() throws IOException {
        assertThat(master.run("role", "ls").out().lines())
                .containsExactly(
                        "ROLE  WEIGHT  FRAMEWORKS  ALLOCATED  RESERVED   GUARANTEE  LIMIT",
                        "ads   2.5     2           cpus:3     disk:2560  -          -",
                        "db    1       0           -          disk:64    -          -",
                        "db/x  1       0           -          disk:64    -          -",
                        "eng   1       0           -          -          cpus:2     cpus:8 mem:0.5");
        assertThat(master.run("role", "ls", "--json").out()).contains("\"name\" : \"ads\"", "\"weight\" : 2.5");
    }

    @Test
    void aRoleIsShownWithWhatEachFrameworkHasOfIt() throws IOException {
        assertThat(master.run("role", "show", "ads").out().lines())
                .containsExactly(
                        "ROLE       ads",
                        "weight     2.5",
                        "guarantee  -",
                        "limit      -",
                        "allocated  cpus:3",
                        "reserved   disk:2560",
                        "",
                        "FRAMEWORK  NAME  ALLOCATED",
                        "F1         one   cpus:1",
                        "F2         two   -");
        assertThat(master.run("role", "show", "ad").err()).contains("Those that have: ads, db, db/x, eng");
    }

    @Test
    void aFrameworkIsShownWithItsTasks() throws IOException {
        assertThat(master.run("framework", "show", "one").out().lines())
                .contains("roles         ads,eng", "failover      60 s", "capabilities  MULTI_ROLE GPU_RESOURCES")
                .endsWith("TASK  AGENT  STATE    RESOURCES", "t1    S1     RUNNING  -");
    }

    @Test
    void volumesAreListedWithWhoUsesThem() throws IOException {
        assertThat(master.run("volume", "ls").out().lines())
                .containsExactly(
                        "VOLUME  AGENT  HOST    ROLE  SIZE   PATH  MADE BY  USED",
                        "orders  S1     host-a  ads   512MB  data  ops      yes",
                        "twice   S2     host-b  db/x  64MB   p     -        no",
                        "twice   S3     host-c  db    64MB   p     -        no");
        assertThat(master.run("volume", "ls", "--role", "db").out().lines()).hasSize(3);
        assertThat(master.run("volume", "ls", "--role", "db", "--agent", "host-c")
                        .out()
                        .lines())
                .hasSize(2);
    }

    @Test
    void aVolumeIsMadeOfTheReservedDiskThatIsLargeEnough() throws IOException {
        var run =
                master.run("volume", "create", "S1", "ads", "logs", "1.5GB", "--path", "var/log", "--principal", "me");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(master.orders())
                .containsExactly("{\"type\":\"CREATE_VOLUMES\",\"create_volumes\":{\"agent_id\":{\"value\":\"S1\"},"
                        + "\"volumes\":[{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1536.0}," + ADS
                        + ",\"disk\":{\"persistence\":{\"id\":\"logs\",\"principal\":\"me\"},"
                        + "\"volume\":{\"mode\":\"RW\",\"container_path\":\"var/log\"}}}]}}");
    }

    @Test
    void aVolumeGrowsByDiskOfItsOwnReservationAndPlace() throws IOException {
        assertThat(master.run("volume", "grow", "orders", "1GB").err()).contains("went from 512MB to 1536MB");
        assertThat(master.orders().getLast())
                .isEqualTo("{\"type\":\"GROW_VOLUME\",\"grow_volume\":{\"agent_id\":{\"value\":\"S1\"},\"volume\":"
                        + ORDERS + ",\"addition\":{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1024.0},"
                        + ADS + "}}}");
        master.run("volume", "grow", "twice", "8MB", "--agent", "S2");
        assertThat(master.orders().getLast())
                .endsWith("\"disk\":{\"source\":{\"type\":\"PATH\",\"path\":{\"root\":\"/d1\"}}}}}}");
        master.run("volume", "shrink", "orders", "12MB");
        assertThat(master.orders().getLast())
                .contains("\"SHRINK_VOLUME\"")
                .endsWith(",\"subtract\":{\"value\":12.0}}}");
    }

    @Test
    void aVolumeIsDestroyedAsItIs() throws IOException {
        assertThat(master.run("volume", "rm", "orders", "--host", "host-a").code())
                .isZero();
        assertThat(master.orders())
                .containsExactly("{\"type\":\"DESTROY_VOLUMES\",\"destroy_volumes\":{\"agent_id\":{\"value\":\"S1\"},"
                        + "\"volumes\":[" + ORDERS + "]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "volume create S1 ads logs 512|2|has no unit; write it like 512MB",
                "volume create S1 ads logs 5XB|2|not known: XB",
                "volume create S1 ads logs big|2|not a number with a unit",
                "volume create S1 ads logs 0MB|2|not above 0",
                "volume create S1 ads logs 3GB|1|has 2048MB, and 3072MB are needed",
                "volume create S1 eng logs 1MB|1|First: meso reserve S1 eng disk:1MB",
                "volume create S9 ads logs 1MB|5|no agent",
                "volume rm orders|2|this wipes 512MB of ads on host-a",
                "volume rm orders --host host-b|2|is on host-a, not on host-b",
                "volume rm twice --yes|2|choose one with --agent",
                "volume rm nothing --yes|5|no volume `nothing`",
                "volume rm twice --agent S1 --yes|5|no volume `twice` on S1",
                "volume grow orders 10|2|has no unit",
                "volume shrink orders 512MB|2|would leave nothing",
                "role show nobody|5|no framework, weight, quota",
                "framework show F9|5|no framework"
            })
    void whatCannotBeMeantIsRefusedAndNothingIsOrdered(String line, int code, String why) throws IOException {
        Run run = master.run(line.split(" "));
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(why);
        assertThat(master.orders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume create S1 ads logs 1MB",
                "volume rm orders",
                "volume grow orders 1MB",
                "volume shrink orders 1MB"
            })
    void aDryRunShowsTheCallAndMakesNone(String line) throws IOException {
        Run run = master.run((line + " --dry-run").split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"type\"");
        assertThat(master.orders()).isEmpty();
    }
}
