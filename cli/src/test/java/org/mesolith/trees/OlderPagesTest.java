package org.mesolith.trees;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mesolith.api.AgentView;
import org.mesolith.api.DrainOrder;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.OperatorReply.Roles.RoleView;
import org.mesolith.api.OperatorReply.Roles.Sums;
import org.mesolith.api.TaskView;
import org.mesolith.codec.legacy.AgentPage;
import org.mesolith.codec.legacy.AgentPages;
import org.mesolith.codec.legacy.LegacyAbout;
import org.mesolith.codec.legacy.LegacyPages;
import org.mesolith.codec.legacy.TaskQuery;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.AttributeText;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.HealthCheck;
import org.mesolith.proto.gen.v1.NetworkInfo;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.Value;

/** The pages have the keys that tools read, in their order, and say what they mean. */
final class OlderPagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.250Z");
    private static final FaultDomain DOMAIN = new FaultDomain("r", "z");
    private static final FrameworkId FRAMEWORK = new FrameworkId("f");
    private static final AgentId AGENT = new AgentId("a");

    private static final OfferConstraints CONSTRAINTS =
            new OfferConstraints(List.of(new OfferConstraints.Group(List.of(new OfferConstraints.Constraint(
                    new OfferConstraints.Selector.Attribute("rack"),
                    new OfferConstraints.Predicate.TextEquals("r1"))))));

    /** Keys of Mesos that no page of ours has, and why. */
    private static final List<String> NEVER = List.of(
            "version.git_sha", // which commit a build is of is not told to clients
            "version.git_branch",
            "version.git_tag",
            "frameworksummary.pid", // of drivers that speak the protocol before the v1 API
            "containerstatus.cgroup_info", // tasks have no cgroups of their own
            "network.groups", // networks are the machine's
            "network.labels",
            "network.name",
            "network.port_mappings");

    private static final KeyTrees TREES = new KeyTrees();

    /** Every key of the table was seen in some page, in its place and of its kind. */
    @AfterAll
    static void everyKeyOfTheTableIsShown() {
        var unseen = TREES.unseen();
        assertThat(unseen).containsExactlyInAnyOrderElementsOf(NEVER);
    }

    private static LegacyAbout about(boolean full) {
        var flags = new TreeMap<String, String>();
        flags.put("log_dir", "/var/log/mesolith");
        flags.put("external_log_file", "/var/log/syslog");
        flags.put("port", "5050");
        return new LegacyAbout(
                "1.11.0",
                TIME,
                new MasterInfo("m", "10.0.0.9", 5050, "h", "1.11.0", full ? DOMAIN : null),
                TIME,
                TIME,
                full ? "c" : null,
                full ? flags : null,
                2);
    }

    private static TaskView task(String id, TaskState state, int second, boolean full) {
        var info = TaskInfo.newBuilder().setName(id);
        if (full) {
            info.getLabelsBuilder().addLabelsBuilder().setKey("k").setValue("v");
            info.getCommandBuilder().setUser("somebody").setShell(true).setValue("run");
            info.getCommandBuilder()
                    .getEnvironmentBuilder()
                    .addVariablesBuilder()
                    .setName("A")
                    .setValue("b");
            info.getContainerBuilder().setType(ContainerInfo.Type.MESOS);
            info.getDiscoveryBuilder().setName("d");
            info.setHealthCheck(HealthCheck.newBuilder().setType(HealthCheck.Type.COMMAND));
            info.putLimits(
                    "mem",
                    org.mesolith.proto.gen.v1.Value.Scalar.newBuilder()
                            .setValue(2)
                            .build());
        }
        var status = new TaskStatus(
                new TaskId(id),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                TIME.plusSeconds(second),
                null,
                AGENT,
                null,
                full ? true : null,
                full ? container() : Opaque.empty(TaskStatus.SCHEMA));
        return new TaskView(
                new TaskKey(FRAMEWORK, new TaskId(id)),
                id,
                AGENT,
                null,
                state,
                state,
                null,
                Resources.parse("cpus:1;mem:32;ports:[31000-31001]").allocatedTo("ads"),
                List.of(status),
                new Opaque("mesos.v1.TaskInfo", info.buildPartial().toByteArray()));
    }

    /** What an agent adds to a status: the container, and how it is reached. */
    private static Opaque container() {
        var status = org.mesolith.proto.gen.v1.TaskStatus.newBuilder();
        status.getLabelsBuilder().addLabelsBuilder().setKey("k");
        var container = status.getContainerStatusBuilder();
        container.getContainerIdBuilder().setValue("c");
        container
                .addNetworkInfosBuilder()
                .addIpAddressesBuilder()
                .setProtocol(NetworkInfo.Protocol.IPv4)
                .setIpAddress("10.0.0.1");
        return new Opaque(TaskStatus.SCHEMA, status.buildPartial().toByteArray());
    }

    private static FrameworkView framework(FrameworkId id, boolean full) {
        var capabilities = full ? List.of(FrameworkCapability.MULTI_ROLE) : List.<FrameworkCapability>of();
        var labels = org.mesolith.proto.gen.v1.FrameworkInfo.newBuilder().setFailoverTimeout(90);
        labels.getLabelsBuilder().addLabelsBuilder().setKey("k");
        var info = new FrameworkInfo(
                id,
                "u",
                "n",
                List.of("ads"),
                capabilities,
                Duration.ofSeconds(90),
                true,
                full ? "p" : null,
                full ? "h" : null,
                full
                        ? new Opaque(
                                "mesos.v1.FrameworkInfo", labels.buildPartial().toByteArray())
                        : Opaque.empty("mesos.v1.FrameworkInfo"));
        var offer = new Offer(
                new OfferId("o"),
                id,
                AGENT,
                "ads",
                Resources.parse("cpus:1"),
                "host",
                "10.0.0.7",
                5051,
                List.of(),
                null,
                List.of());
        return new FrameworkView(
                id,
                info,
                true,
                true,
                false,
                TIME,
                full ? TIME.plusSeconds(1) : null,
                null,
                full ? List.of(offer) : List.of(),
                Resources.parse("cpus:1;mem:32").allocatedTo("ads"),
                Resources.parse("cpus:1").allocatedTo("ads"),
                full ? new TreeMap<>(Map.of("ads", CONSTRAINTS)) : new TreeMap<>());
    }

    private static AgentInfo info(@Nullable FaultDomain domain) {
        return new AgentInfo(
                "host",
                5051,
                Resources.parse("cpus:4"),
                AttributeText.parse("rack:r1;size:2.5;slots:[1-3]"),
                domain,
                List.of(AgentCapability.MULTI_ROLE),
                "1.11.0");
    }

    private static AgentView agent(boolean full) {
        return new AgentView(
                AGENT,
                info(full ? DOMAIN : null),
                true,
                false,
                "slave(1)@10.0.0.1:5051",
                TIME,
                full ? TIME : null,
                Resources.parse("cpus:4;cpus(+ads):2;cpus{REV}:3;mem:64;ports:[31000-31009]"),
                Resources.parse("cpus:1;mem:32").allocatedTo("ads"),
                Resources.EMPTY,
                full ? new AgentView.Drain(Duration.ofSeconds(9), true, false, TIME) : null);
    }

    private static AgentPage agentPage(boolean full) {
        var capability = org.mesolith.proto.gen.v1.FrameworkInfo.Capability.newBuilder()
                .setType(org.mesolith.proto.gen.v1.FrameworkInfo.Capability.Type.MULTI_ROLE);
        var info = org.mesolith.proto.gen.v1.FrameworkInfo.newBuilder()
                .setUser("u")
                .setName("n");
        if (full) {
            info.setPrincipal("p").addRoles("ads").addCapabilities(capability);
        }
        var tasks = List.of(task("t1", TaskState.TASK_RUNNING, 1, full));
        var run = new AgentPage.Executor(
                "e",
                "own",
                "s",
                "c",
                "/srv/c",
                full ? executor().info() : null,
                full ? Resources.parse("cpus:1").allocatedTo("ads") : Resources.EMPTY,
                tasks,
                full ? List.of(under("t2")) : List.of(),
                tasks);
        var frameworks =
                List.of(new AgentPage.Framework(FRAMEWORK, Opaques.of(info.build()), List.of(run), List.of(run)));
        return new AgentPage(
                TIME,
                TIME,
                full ? AGENT.value() : "",
                "slave(1)@10.0.0.1:5051",
                info(full ? DOMAIN : null),
                full ? new DrainOrder(Duration.ofSeconds(9), true, TIME) : null,
                Resources.parse("cpus:4;cpus(+ads):2"),
                Resources.parse("cpus(+ads):1"),
                full ? "h" : null,
                full ? Objects.requireNonNull(about(true).flags()) : Map.of(),
                frameworks,
                full ? frameworks : List.of());
    }

    /** A task that has not reached the executor that its framework brought. */
    private static TaskView under(String id) {
        var task = task(id, TaskState.TASK_STAGING, 1, true);
        return new TaskView(
                task.key(),
                task.name(),
                task.agent(),
                new ExecutorId("e"),
                task.state(),
                task.state(),
                null,
                task.resources(),
                List.of(),
                task.taskInfo());
    }

    private static OperatorReply.Executors.Executor executor() {
        var info = ExecutorInfo.newBuilder().setType(ExecutorInfo.Type.CUSTOM).setName("own");
        info.getExecutorIdBuilder().setValue("e");
        info.getLabelsBuilder().addLabelsBuilder().setKey("k");
        info.getCommandBuilder()
                .setValue("run")
                .addArguments("x")
                .addUrisBuilder()
                .setValue("http://h/f");
        info.addResourcesBuilder()
                .setName("cpus")
                .setType(Value.Type.SCALAR)
                .getScalarBuilder()
                .setValue(0.5);
        return new OperatorReply.Executors.Executor(FRAMEWORK, AGENT, Opaques.of(info.build()));
    }

    private static OperatorReply.State state(boolean full) {
        return new OperatorReply.State(
                new OperatorReply.Tasks(
                        List.of(task("t1", TaskState.TASK_RUNNING, 1, full)),
                        List.of(task("t2", TaskState.TASK_UNREACHABLE, 3, full)),
                        List.of(task("t3", TaskState.TASK_FINISHED, 2, full))),
                new OperatorReply.Executors(full ? List.of(executor()) : List.of()),
                new OperatorReply.Frameworks(
                        List.of(framework(FRAMEWORK, full)), List.of(framework(new FrameworkId("g"), full))),
                new OperatorReply.Agents(
                        List.of(agent(full)),
                        List.of(new OperatorReply.Agents.AgentInfoOf(new AgentId("b"), info(full ? DOMAIN : null)))));
    }

    private static JsonNode read(byte[] page) {
        try {
            return JSON.readTree(page);
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    private JsonNode checked(String tree, byte[] page) {
        var read = read(page);
        TREES.check(tree, read);
        return read;
    }

    @Test
    void everyPageHasItsKeysInTheirOrderWithAndWithoutWhatMayBeMissing() {
        for (boolean full : List.of(true, false)) {
            var state = state(full);
            checked("state", LegacyPages.state(about(full), state));
            checked("statesummary", LegacyPages.summary(about(full), state));
            checked("slaves", LegacyPages.slaves(state.agents(), null));
            checked("frameworks", LegacyPages.frameworks(state, null));
            checked("agentstate", AgentPages.state(agentPage(full)));
            checked("version", AgentPages.version("1.11.0", TIME));
            checked(
                    "weight",
                    LegacyPages.weights(new OperatorReply.Weights(full ? List.of(Weight.of("ads", 2)) : List.of())));
            checked("tasks", LegacyPages.tasks(state.tasks(), new TaskQuery(null, null, 10, 0, true)));
        }
    }

    @Test
    void anExecutorIsShownBelowItsFrameworkWithPlainIds() {
        var framework = checked("state", LegacyPages.state(about(true), state(true)))
                .get("frameworks")
                .get(0);

        var executor = framework.get("executors").get(0);
        assertThat(executor.get("executor_id").asText()).isEqualTo("e");
        assertThat(executor.get("slave_id").asText()).isEqualTo(AGENT.value());
        assertThat(executor.get("resources").get("cpus").asDouble()).isEqualTo(0.5);
        assertThat(executor.get("command").get("argv").get(0).asText()).isEqualTo("x");
        assertThat(executor.get("command").get("uris").get(0).get("value").asText())
                .isEqualTo("http://h/f");
    }

    @Test
    void theStateCountsAgentsAndPutsTasksIntoTheListsOfTheirFramework() {
        var page = checked("state", LegacyPages.state(about(true), state(true)));

        assertThat(page.get("activated_slaves").asInt()).isEqualTo(1);
        assertThat(page.get("unreachable_slaves").asInt()).isEqualTo(2);
        assertThat(page.get("pid").asText()).isEqualTo("master@10.0.0.9:5050");
        assertThat(page.get("flags").get("port").asText()).isEqualTo("5050");
        var framework = page.get("frameworks").get(0);
        assertThat(framework.get("tasks").get(0).get("id").asText()).isEqualTo("t1");
        assertThat(framework.get("unreachable_tasks").get(0).get("id").asText()).isEqualTo("t2");
        assertThat(framework.get("completed_tasks").get(0).get("id").asText()).isEqualTo("t3");
        assertThat(framework.get("failover_timeout").asDouble()).isEqualTo(90);
        assertThat(framework.get("resources").get("cpus").asDouble()).isEqualTo(2);
        var task = framework.get("tasks").get(0);
        assertThat(task.get("role").asText()).isEqualTo("ads");
        assertThat(task.get("executor_id").asText()).isEmpty();
        assertThat(task.get("resources").get("ports").asText()).isEqualTo("[31000-31001]");
        assertThat(task.get("labels").get(0).get("key").asText()).isEqualTo("k");
        assertThat(task.get("statuses").get(0).get("timestamp").asDouble()).isEqualTo(1767323046.25);
    }

    @Test
    void resourcesAreSummedAndWhatCanBeTakenBackStandsApart() {
        var slave = read(LegacyPages.slaves(state(true).agents(), AGENT))
                .get("slaves")
                .get(0);

        assertThat(slave.get("resources").get("cpus").asDouble()).isEqualTo(6);
        assertThat(slave.get("resources").get("cpus_revocable").asDouble()).isEqualTo(3);
        assertThat(slave.get("resources").get("gpus").asDouble()).isZero();
        assertThat(slave.get("reserved_resources").get("ads").get("cpus").asDouble())
                .isEqualTo(2);
        assertThat(slave.get("unreserved_resources").get("cpus").asDouble()).isEqualTo(4);
        assertThat(slave.get("reserved_resources_full").get("ads").get(0).get("reservations"))
                .isNotEmpty();
        assertThat(slave.get("attributes").get("rack").asText()).isEqualTo("r1");
        assertThat(slave.get("attributes").get("size").asDouble()).isEqualTo(2.5);
        assertThat(slave.get("attributes").get("slots").asText()).isEqualTo("[1-3]");
        assertThat(slave.get("drain_info").get("state").asText()).isEqualTo("DRAINING");
        assertThat(slave.get("drain_info")
                        .get("config")
                        .get("max_grace_period")
                        .get("nanoseconds")
                        .asLong())
                .isEqualTo(9_000_000_000L);
        assertThat(slave.get("estimated_drain_start_time_seconds").asDouble()).isEqualTo(TIME.toEpochMilli() / 1e3);
    }

    @Test
    void aFrameworkShowsWhichAgentsItWantsToBeOffered() {
        var constraint = read(LegacyPages.state(about(true), state(true)))
                .get("frameworks")
                .get(0)
                .get("offer_constraints")
                .get("role_constraints")
                .get("ads")
                .get("groups")
                .get(0)
                .get("attribute_constraints")
                .get(0);

        assertThat(constraint.get("selector").get("attribute_name").asText()).isEqualTo("rack");
        assertThat(constraint.get("predicate").get("text_equals").get("value").asText())
                .isEqualTo("r1");
    }

    @Test
    void aFilterThatFitsNothingShowsNothing() {
        assertThat(read(LegacyPages.slaves(state(true).agents(), new AgentId("x")))
                        .get("slaves"))
                .isEmpty();
        assertThat(read(LegacyPages.frameworks(state(true), new FrameworkId("x")))
                        .get("frameworks"))
                .isEmpty();
        assertThat(ids(new TaskQuery(new FrameworkId("x"), null, 9, 0, true))).isEmpty();
    }

    private static List<String> ids(TaskQuery query) {
        return read(LegacyPages.tasks(state(true).tasks(), query)).get("tasks").findValuesAsText("id").stream()
                .filter(id -> id.startsWith("t"))
                .toList();
    }

    @Test
    void tasksComeInTheOrderInWhichTheyBeganPageByPage() {
        assertThat(ids(new TaskQuery(null, null, 9, 0, true))).containsExactly("t1", "t3", "t2");
        assertThat(ids(new TaskQuery(null, null, 9, 0, false))).containsExactly("t2", "t3", "t1");
        assertThat(ids(new TaskQuery(null, null, 1, 1, true))).containsExactly("t3");
        assertThat(ids(new TaskQuery(null, null, Integer.MAX_VALUE, 2, true))).containsExactly("t2");
        assertThat(ids(new TaskQuery(null, null, 9, 7, true))).isEmpty();
        assertThat(ids(new TaskQuery(FRAMEWORK, new TaskId("t3"), 9, 0, true))).containsExactly("t3");
    }

    @Test
    void theSummaryCountsTasksOnBothSides() {
        var page = checked("statesummary", LegacyPages.summary(about(true), state(true)));

        for (var side :
                List.of(page.get("slaves").get(0), page.get("frameworks").get(0))) {
            assertThat(side.get("TASK_RUNNING").asInt()).isEqualTo(1);
            assertThat(side.get("TASK_UNREACHABLE").asInt()).isEqualTo(1);
            assertThat(side.get("TASK_FINISHED").asInt()).isEqualTo(1);
            assertThat(side.get("TASK_LOST").asInt()).isZero();
        }
        assertThat(page.get("slaves").get(0).get("framework_ids").get(0).asText())
                .isEqualTo("f");
        assertThat(page.get("frameworks").get(0).get("slave_ids").get(0).asText())
                .isEqualTo("a");
    }

    @Test
    void rolesShowTheirQuotaAndWhatTheyHave() {
        var quota = new Quota("ads", Quantities.parse("cpus:1"), QuantityLimits.parse("cpus:4;mem:0"));
        var sums = new Sums(
                quota,
                Quantities.parse("cpus:3"),
                Quantities.parse("cpus:2"),
                Quantities.parse("cpus:1"),
                Quantities.parse("mem:5"));
        var view = new RoleView("ads", Weight.of("ads", 2), List.of(FRAMEWORK), Resources.EMPTY, sums);

        var role =
                checked("roles", LegacyPages.roles(List.of(view))).get("roles").get(0);

        assertThat(role.get("weight").asDouble()).isEqualTo(2);
        assertThat(role.get("quota").toString())
                .isEqualTo("{\"role\":\"ads\",\"guarantee\":{\"cpus\":1.0},\"limit\":{\"cpus\":4.0,\"mem\":0.0},"
                        + "\"consumed\":{\"cpus\":3.0}}");
        assertThat(role.get("resources").toString()).isEqualTo("{\"cpus\":3.0}");
        assertThat(role.get("reserved").toString()).isEqualTo("{\"mem\":5.0}");
        assertThat(checked("quotas", LegacyPages.quotas(new OperatorReply.Quotas(List.of(quota))))
                        .get("infos")
                        .get(0)
                        .toString())
                .isEqualTo("{\"role\":\"ads\",\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\","
                        + "\"scalar\":{\"value\":1.0}}]}");
        assertThat(read(LegacyPages.quotas(new OperatorReply.Quotas(List.of()))).toString())
                .isEqualTo("{}");
    }

    @Test
    void plansShowMachinesAndAnswers() {
        var machine = new MachineId("h1", "10.0.0.1");
        var window = new MaintenanceWindow(List.of(machine), new Unavailability(TIME, Duration.ofSeconds(5)));
        var draining = new OperatorReply.Maintenance.Draining(
                machine, List.of(new OperatorReply.Maintenance.Answer(FRAMEWORK, AGENT, true, TIME)));

        assertThat(checked("schedule", LegacyPages.schedule(new OperatorReply.Schedule(List.of(window))))
                        .toString())
                .isEqualTo("{\"windows\":[{\"machine_ids\":[{\"hostname\":\"h1\",\"ip\":\"10.0.0.1\"}],"
                        + "\"unavailability\":{\"start\":{\"nanoseconds\":1767323045250000000},"
                        + "\"duration\":{\"nanoseconds\":5000000000}}}]}");
        var page = LegacyPages.maintenance(new OperatorReply.Maintenance(List.of(draining), List.of(machine)));
        assertThat(checked("maintenance", page).toString())
                .isEqualTo("{\"draining_machines\":[{\"id\":{\"hostname\":\"h1\",\"ip\":\"10.0.0.1\"},"
                        + "\"statuses\":[{\"status\":\"ACCEPT\",\"framework_id\":{\"value\":\"f\"},"
                        + "\"timestamp\":{\"nanoseconds\":1767323045250000000}}]}],"
                        + "\"down_machines\":[{\"hostname\":\"h1\",\"ip\":\"10.0.0.1\"}]}");
    }
}
