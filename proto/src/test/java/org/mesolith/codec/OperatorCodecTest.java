package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mesolith.api.AgentView;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.body.Seed;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.master.Call;
import org.mesolith.proto.gen.v1.master.Response;

/** The operator API: calls as the master reads them, replies as operators get them. */
class OperatorCodecTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final OperatorCodec codec = new OperatorCodec(CodecLimits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> everyCallOfTheTableIsReadOrSaidToBeNotSupported() {
        return Stream.of(Call.Type.values())
                .filter(type -> type != Call.Type.UNKNOWN && type != Call.Type.GET_METRICS)
                .map(type -> DynamicTest.dynamicTest(type.name(), () -> {
                    var decoded = codec.decode(Encoding.JSON, json("{'type':'" + type + "'}"));
                    if (decoded instanceof Decoded.Refused<OperatorCall> refused) {
                        assertThat(refused.text()).contains(type.name().toLowerCase(Locale.ROOT));
                    } else {
                        var call = ok(decoded);
                        var name = call instanceof OperatorCall.NotSupported(var named)
                                ? named
                                : call instanceof OperatorCall.Subscribe ? "SUBSCRIBE" : call.toString();
                        assertThat(name).isEqualTo(type.name());
                    }
                }));
    }

    @Test
    void callsAboutResourcesAreRead() {
        var cpus = "[{'name':'cpus','type':'SCALAR','scalar':{'value':1},"
                + "'reservations':[{'type':'DYNAMIC','role':'ads','principal':'ops'}]}]";
        var disk = "{'name':'disk','type':'SCALAR','scalar':{'value':64},"
                + "'reservations':[{'type':'STATIC','role':'ads'}],"
                + "'disk':{'persistence':{'id':'v'},'volume':{'container_path':'p','mode':'RW'}}}";
        var agent = new AgentId("a");
        var reserved = Resources.parse("cpus(+ads@ops):1");
        var volume = Resources.parse("disk(ads)[v:p]:64");

        assertThat(call("RESERVE_RESOURCES", "reserve_resources", "'agent_id':{'value':'a'},'resources':" + cpus))
                .isEqualTo(
                        new OperatorCall.Operate(agent, new OfferOperation.Reserve(null, Resources.EMPTY, reserved)));
        assertThat(call("UNRESERVE_RESOURCES", "unreserve_resources", "'agent_id':{'value':'a'},'resources':" + cpus))
                .isEqualTo(new OperatorCall.Operate(agent, new OfferOperation.Unreserve(null, reserved)));
        assertThat(call("CREATE_VOLUMES", "create_volumes", "'agent_id':{'value':'a'},'volumes':[" + disk + "]"))
                .isEqualTo(new OperatorCall.Operate(agent, new OfferOperation.Create(null, volume)));
        assertThat(call("DESTROY_VOLUMES", "destroy_volumes", "'agent_id':{'value':'a'},'volumes':[" + disk + "]"))
                .isEqualTo(new OperatorCall.Operate(agent, new OfferOperation.Destroy(null, volume)));
        assertThat(call(
                        "SHRINK_VOLUME",
                        "shrink_volume",
                        "'agent_id':{'value':'a'},'subtract':{'value':1},'volume':" + disk))
                .isEqualTo(new OperatorCall.Operate(agent, new OfferOperation.ShrinkVolume(null, volume, 1_000)));
    }

    @Test
    void callsAboutPlansAreRead() {
        assertThat(call(
                        "UPDATE_QUOTA",
                        "update_quota",
                        "'force':true,'quota_configs':[{'role':'ads','guarantees':{'cpus':{'value':1}},"
                                + "'limits':{'mem':{'value':2}}}]"))
                .isEqualTo(new OperatorCall.UpdateQuota(
                        List.of(new Quota("ads", Quantities.parse("cpus:1"), QuantityLimits.parse("mem:2"))), true));
        assertThat(call("START_MAINTENANCE", "start_maintenance", "'machines':[{'hostname':'M1'}]"))
                .isEqualTo(new OperatorCall.StartMaintenance(List.of(new MachineId("m1", ""))));
        assertThat(call(
                        "UPDATE_MAINTENANCE_SCHEDULE",
                        "update_maintenance_schedule",
                        "'schedule':{'windows':[{'machine_ids':[{'ip':'10.0.0.1'}],"
                                + "'unavailability':{'start':{'nanoseconds':5},'duration':{'nanoseconds':-7}}}]}"))
                .isEqualTo(new OperatorCall.UpdateMaintenanceSchedule(List.of(new MaintenanceWindow(
                        List.of(new MachineId("", "10.0.0.1")),
                        new Unavailability(Instant.EPOCH.plusNanos(5), Duration.ofNanos(-7))))));
        assertThat(call(
                        "DRAIN_AGENT",
                        "drain_agent",
                        "'agent_id':{'value':'a'},'mark_gone':true,'max_grace_period':{'seconds':3}"))
                .isEqualTo(new OperatorCall.DrainAgent(new AgentId("a"), Duration.ofSeconds(3), true));
    }

    @Test
    void anAmountThatIsNoAmountIsRefused() {
        for (var amount : List.of("-1", "'NaN'", "'Infinity'", "1e300")) {
            var body =
                    "{'type':'UPDATE_QUOTA','update_quota':{'quota_configs':[{'role':'ads','limits':{'cpus':{'value':"
                            + amount + "}}}]}}";
            assertThat(codec.decode(Encoding.JSON, json(body))).isInstanceOf(Decoded.Refused.class);
        }
    }

    private OperatorCall call(String type, String field, String body) {
        return ok(codec.decode(Encoding.JSON, json("{'type':'" + type + "','" + field + "':{" + body + "}}")));
    }

    @Test
    void callsWithABodyAreRead() {
        assertThat(ok(codec.decode(Encoding.JSON, json("{'type':'UNKNOWN'}")))).isEqualTo(new OperatorCall.Unknown());
        assertThat(ok(codec.decode(Encoding.JSON, json("{'type':'GET_METRICS','get_metrics':{}}"))))
                .isEqualTo(new OperatorCall.GetMetrics(null));
        assertThat(ok(codec.decode(
                        Encoding.JSON,
                        json("{'type':'GET_METRICS','get_metrics':{'timeout':{'nanoseconds':5000000000}}}"))))
                .isEqualTo(new OperatorCall.GetMetrics(Duration.ofSeconds(5)));
        assertThat(ok(codec.decode(
                        Encoding.JSON,
                        json("{'type':'UPDATE_WEIGHTS',"
                                + "'update_weights':{'weight_infos':[{'role':'ads','weight':2.5}]}}"))))
                .isEqualTo(new OperatorCall.UpdateWeights(List.of(Weight.of("ads", 2.5))));
    }

    @Test
    void ourOwnCallComesOnTheSamePathInBothEncodings() {
        var text = "{'type':'KILL_TASK','kill_task':{'framework_id':{'value':'f'},'task_id':{'value':'t'}}}";
        var binary = org.mesolith.proto.gen.operator.Call.newBuilder()
                .setType(org.mesolith.proto.gen.operator.Call.Type.KILL_TASK);
        binary.getKillTaskBuilder().getFrameworkIdBuilder().setValue("f");
        binary.getKillTaskBuilder().getTaskIdBuilder().setValue("t");
        var expected = new OperatorCall.KillTask(new FrameworkId("f"), new TaskId("t"), null);

        assertThat(ok(codec.decode(Encoding.JSON, json(text)))).isEqualTo(expected);
        assertThat(ok(codec.decode(Encoding.PROTOBUF, binary.build().toByteArray())))
                .isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> callsThatAreWrongByThemselvesAreRefused() {
        return Stream.of(
                        new String[] {"{}", "type: is required"},
                        new String[] {"{'type':'DANCE'}", "type: is required"},
                        new String[] {"{'type':5}", "type: is a number"},
                        new String[] {"{'type':'GET_METRICS'}", "get_metrics: is required and missing"},
                        new String[] {"{'type':'UPDATE_WEIGHTS'}", "update_weights: is required and missing"},
                        new String[] {
                            "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':[{}]}}",
                            "update_weights.weight_infos[0].weight: is required and missing"
                        },
                        new String[] {"{'type':'KILL_TASK'}", "kill_task: is required and missing"})
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    var decoded = codec.decode(Encoding.JSON, json(row[0]));
                    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
                    assertThat(((Decoded.Refused<?>) decoded).text()).startsWith(row[1]);
                }));
    }

    @Test
    void smallRepliesHaveTheFormOfTheApi() {
        var master = new MasterInfo("m", "10.0.0.1", 5050, "h", "1.11.0", null);

        assertThat(text(new OperatorReply.Health(true)))
                .isEqualTo(quoted("{'type':'GET_HEALTH','get_health':{'healthy':true}}"));
        assertThat(text(new OperatorReply.Flags(List.of(new OperatorReply.Flags.Flag("a", "b")))))
                .isEqualTo(quoted("{'type':'GET_FLAGS','get_flags':{'flags':[{'name':'a','value':'b'}]}}"));
        assertThat(text(new OperatorReply.Metrics(List.of(new OperatorReply.Metrics.Metric("x", 1)))))
                .isEqualTo(quoted("{'type':'GET_METRICS','get_metrics':{'metrics':[{'name':'x','value':1.0}]}}"));
        assertThat(text(new OperatorReply.Weights(List.of(Weight.of("ads", 2)))))
                .isEqualTo(
                        quoted("{'type':'GET_WEIGHTS','get_weights':{'weight_infos':[{'weight':2.0,'role':'ads'}]}}"));
        assertThat(text(new OperatorReply.Version("1.11.0")))
                .isEqualTo(quoted("{'type':'GET_VERSION','get_version':{'version_info':{'version':'1.11.0'}}}"));
        assertThat(text(new OperatorReply.Master(master, TIME, TIME)))
                .contains(quoted("'start_time':1.767323045E9"), quoted("'elected_time':1.767323045E9"));
    }

    @Test
    void resourcesAreShownInTheOldAndInTheNewFormWhereBothCanSayIt() {
        var role = new OperatorReply.Roles.RoleView(
                "ads",
                Weight.of("ads", 1),
                List.of(new FrameworkId("f")),
                Resources.parse("cpus(ads):2;mem:64"),
                OperatorReply.Roles.Sums.none("ads"));

        assertThat(text(new OperatorReply.Roles(List.of(role))))
                .isEqualTo(quoted("{'type':'GET_ROLES','get_roles':{'roles':[{'name':'ads','weight':1.0,"
                        + "'frameworks':[{'value':'f'}],'resources':[{'name':'cpus','type':'SCALAR',"
                        + "'scalar':{'value':2.0},'role':'ads','reservations':[{'type':'STATIC','role':'ads'}]},"
                        + "{'name':'mem','type':'SCALAR','scalar':{'value':64.0},'role':'*'}]}]}}"));
    }

    @Test
    void theWholeStateIsShownWithWhatTheTaskInfoSays() throws Exception {
        var records = new RandomRecords(Seed.random("operator state"));
        var task = TaskInfo.newBuilder().setName("n");
        task.getTaskIdBuilder().setValue("t");
        task.getAgentIdBuilder().setValue("a");
        task.getLabelsBuilder().addLabelsBuilder().setKey("k");
        task.getCommandBuilder().setUser("someone");
        var state = new OperatorReply.State(
                new OperatorReply.Tasks(List.of(task(records, task.build())), List.of(), List.of()),
                new OperatorReply.Frameworks(List.of(framework(records)), List.of()),
                new OperatorReply.Agents(
                        List.of(agent(records)),
                        List.of(new OperatorReply.Agents.AgentInfoOf(new AgentId("b"), agentInfo()))));

        var shown = Response.parseFrom(codec.encode(Encoding.PROTOBUF, state)).getGetState();

        var shownTask = shown.getGetTasks().getTasks(0);
        assertThat(shownTask.getLabels().getLabels(0).getKey()).isEqualTo("k");
        assertThat(shownTask.getUser()).isEqualTo("someone");
        assertThat(shownTask.getStatusesCount()).isEqualTo(1);
        var shownFramework = shown.getGetFrameworks().getFrameworks(0);
        assertThat(shownFramework.getFrameworkInfo().getId().getValue()).isEqualTo("f");
        assertThat(shownFramework.getFrameworkInfo().getRolesList()).containsExactly("ads");
        assertThat(shownFramework.getRegisteredTime().getNanoseconds())
                .isEqualTo(TIME.getEpochSecond() * 1_000_000_000);
        assertThat(shown.getGetAgents().getAgents(0).getCapabilities(0).getType())
                .isEqualTo(org.mesolith.proto.gen.v1.AgentInfo.Capability.Type.MULTI_ROLE);
        assertThat(shown.getGetAgents().getRecoveredAgents(0).getId().getValue())
                .isEqualTo("b");
        assertThat(shown.hasGetExecutors()).isTrue();
    }

    private static TaskView task(RandomRecords records, TaskInfo info) {
        return new TaskView(
                new TaskKey(new FrameworkId("f"), new TaskId("t")),
                "n",
                new AgentId("a"),
                null,
                TaskState.TASK_RUNNING,
                TaskState.TASK_STARTING,
                records.uuid(),
                records.resources(),
                List.of(records.status()),
                new Opaque("mesos.v1.TaskInfo", info.toByteArray()));
    }

    private static FrameworkView framework(RandomRecords records) {
        var info = new FrameworkInfo(
                null,
                "u",
                "n",
                List.of("ads"),
                List.of(FrameworkCapability.MULTI_ROLE),
                Duration.ofSeconds(3),
                true,
                "p",
                "h",
                Opaque.empty("mesos.v1.FrameworkInfo"));
        return new FrameworkView(
                new FrameworkId("f"),
                info,
                true,
                true,
                false,
                TIME,
                TIME,
                TIME,
                List.of(records.offer()),
                records.resources(),
                records.resources(),
                new TreeMap<>(Map.of(
                        "ads",
                        new OfferConstraints(List.of(new OfferConstraints.Group(List.of(new OfferConstraints.Constraint(
                                OfferConstraints.Selector.Pseudo.ZONE,
                                new OfferConstraints.Predicate.TextNotEquals("z1")))))))));
    }

    private static AgentInfo agentInfo() {
        return new AgentInfo(
                "host",
                5051,
                Resources.parse("cpus:4"),
                List.of(),
                null,
                List.of(AgentCapability.MULTI_ROLE),
                "1.11.0");
    }

    private static AgentView agent(RandomRecords records) {
        return new AgentView(
                new AgentId("a"),
                agentInfo(),
                true,
                false,
                "slave(1)@10.0.0.1:5051",
                TIME,
                TIME,
                records.resources(),
                records.resources(),
                records.resources(),
                new AgentView.Drain(Duration.ofSeconds(9), true, false, TIME));
    }

    private String text(OperatorReply reply) {
        return new String(codec.encode(Encoding.JSON, reply), StandardCharsets.UTF_8);
    }

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<T>) decoded).value();
    }

    private static byte[] json(String text) {
        return quoted(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
