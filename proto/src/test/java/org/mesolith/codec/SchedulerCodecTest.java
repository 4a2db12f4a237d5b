package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.body.Seed;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.FrameworkProblem;
import org.mesolith.model.FrameworkProblem.Step;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.v1.scheduler.Call;

/** The scheduler API: calls as the master reads them, events as frameworks get them. */
class SchedulerCodecTest {
    private static final List<FrameworkCapability> MODERN =
            List.of(FrameworkCapability.MULTI_ROLE, FrameworkCapability.RESERVATION_REFINEMENT);

    private static final String DISK = "'source':{'name':'disk','type':'SCALAR','scalar':{'value':64}PROVIDER}";

    private final SchedulerCodec codec = new SchedulerCodec(CodecLimits.DEFAULT);
    private final SchedulerClientCodec client = new SchedulerClientCodec(CodecLimits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> callsAreRead() {
        return Stream.of(
                reads("'type':'TEARDOWN'", new SchedulerCall.Teardown()),
                reads("'type':'UNKNOWN'", new SchedulerCall.Unknown()),
                reads("'type':'REVIVE'", new SchedulerCall.Revive(List.of())),
                reads(
                        "'type':'SUPPRESS','suppress':{'roles':['a','b']}",
                        new SchedulerCall.Suppress(List.of("a", "b"))),
                reads("'type':'DECLINE','decline':{}", new SchedulerCall.Decline(List.of(), Filters.DEFAULT)),
                reads(
                        "'type':'DECLINE','decline':{'offer_ids':[{'value':'o'}],'filters':{'refuse_seconds':0.5}}",
                        new SchedulerCall.Decline(List.of(new OfferId("o")), new Filters(Duration.ofMillis(500)))),
                reads("'type':'DECLINE','decline':{'filters':{'refuse_seconds':-1}}", declined(Filters.DEFAULT)),
                reads("'type':'DECLINE','decline':{'filters':{'refuse_seconds':'NaN'}}", declined(Filters.DEFAULT)),
                reads(
                        "'type':'DECLINE','decline':{'filters':{'refuse_seconds':'Infinity'}}",
                        declined(Filters.DEFAULT)),
                reads(
                        "'type':'DECLINE','decline':{'filters':{'refuse_seconds':1e9}}",
                        declined(new Filters(Duration.ofDays(365)))),
                reads(
                        "'type':'ACCEPT','accept':{'offer_ids':[{'value':'o'}]}",
                        new SchedulerCall.Accept(List.of(new OfferId("o")), List.of(), Filters.DEFAULT)),
                reads(
                        "'type':'KILL','kill':{'task_id':{'value':'t'},"
                                + "'kill_policy':{'grace_period':{'nanoseconds':7}}}",
                        new SchedulerCall.Kill(new TaskId("t"), null, Duration.ofNanos(7))),
                reads(
                        "'type':'ACKNOWLEDGE','acknowledge':{'agent_id':{'value':'a'},'task_id':{'value':'t'},"
                                + "'uuid':'AAAAAAAAAAEAAAAAAAAAAg=='}",
                        new SchedulerCall.Acknowledge(new AgentId("a"), new TaskId("t"), new Uuid(1, 2))),
                reads("'type':'RECONCILE','reconcile':{}", new SchedulerCall.Reconcile(List.of())),
                reads(
                        "'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'t'},'agent_id':{'value':'a'}}]}",
                        new SchedulerCall.Reconcile(
                                List.of(new SchedulerCall.Reconcile.Asked(new TaskId("t"), new AgentId("a"))))),
                reads(
                        "'type':'SHUTDOWN','shutdown':{'executor_id':{'value':'e'},'agent_id':{'value':'a'}}",
                        new SchedulerCall.Shutdown(new ExecutorId("e"), new AgentId("a"))),
                reads("'type':'REQUEST','request':{}", new SchedulerCall.Request()),
                reads(
                        "'type':'ACCEPT','accept':{'operations':["
                                + "{'type':'CREATE_DISK','id':{'value':'op'},'create_disk':{'target_type':'MOUNT',"
                                + DISK.replace("PROVIDER", "")
                                + "}},"
                                + "{'type':'DESTROY_DISK','destroy_disk':{"
                                + DISK.replace("PROVIDER", ",'provider_id':{'value':'p'}")
                                + "}},{}]}",
                        new SchedulerCall.Accept(
                                List.of(),
                                List.of(
                                        new OfferOperation.Refused(
                                                new OperationId("op"),
                                                "CREATE_DISK",
                                                "'source' is not managed by a resource provider"),
                                        new OfferOperation.Refused(
                                                null,
                                                "DESTROY_DISK",
                                                "Invalid DESTROY_DISK operation: no agent has the resource provider"
                                                        + " 'p'"),
                                        new OfferOperation.Refused(
                                                null, "UNKNOWN", "The type of the operation is not known")),
                                Filters.DEFAULT)));
    }

    private static SchedulerCall declined(Filters filters) {
        return new SchedulerCall.Decline(List.of(), filters);
    }

    private DynamicTest reads(String text, SchedulerCall expected) {
        return DynamicTest.dynamicTest(
                text,
                () -> assertThat(codec.decode(Encoding.JSON, json("{'framework_id':{'value':'f'}," + text + "}")))
                        .isEqualTo(new Decoded.Ok<>(new SchedulerRequest(new FrameworkId("f"), expected))));
    }

    @TestFactory
    Stream<DynamicTest> callsThatAreWrongByThemselvesAreRefused() {
        return Stream.of(
                refuses("{}", "type: is required: the name of a call of mesos.v1.scheduler.Call"),
                refuses("{'type':'DANCE'}", "type: is required: the name of a call of mesos.v1.scheduler.Call"),
                refuses("{'type':'TEARDOWN'}", "framework_id: is required and missing"),
                refuses("{'type':'SUBSCRIBE'}", "subscribe: is required and missing"),
                refuses(
                        "{'type':'ACCEPT'}",
                        "framework_id: is required and missing",
                        "accept: is required and missing"),
                refuses("{'type':'DECLINE'}", "decline: is required and missing"),
                refuses("{'type':'KILL'}", "kill: is required and missing"),
                refuses("{'type':'RECONCILE'}", "reconcile: is required and missing"),
                refuses("{'type':'MESSAGE'}", "message: is required and missing"),
                refuses("{'type':'SHUTDOWN'}", "shutdown: is required and missing"),
                refuses("{'type':'ACKNOWLEDGE'}", "acknowledge: is required and missing"),
                refuses("{'type':'UPDATE_FRAMEWORK'}", "update_framework: is required and missing"),
                refuses(
                        "{'type':'ACKNOWLEDGE','acknowledge':{'agent_id':{'value':'a'},'task_id':{'value':'t'},"
                                + "'uuid':'AAA='}}",
                        "acknowledge.uuid: has 2 bytes, a uuid has 16"),
                refuses(
                        "{'type':'SUBSCRIBE','subscribe':{'framework_info':{'user':'u','name':'n',"
                                + "'id':{'value':'x'}}}}",
                        "'framework_id' differs from 'subscribe.framework_info.id'"),
                refuses("{'type':'UNKNOWN'}", "framework_id: is required and missing"),
                refuses(
                        "{'type':'ACCEPT','accept':{'operations':[{'type':'RESERVE','reserve':{'resources':"
                                + "[{'type':'SCALAR'}]}}]}}",
                        "accept.operations[0].reserve.resources[0].name: is required and missing"),
                refuses("not json", "the body is not JSON at line 1"));
    }

    private DynamicTest refuses(String text, String... problems) {
        return DynamicTest.dynamicTest(text, () -> {
            var decoded = codec.decode(Encoding.JSON, json(text));
            assertThat(decoded).isInstanceOf(Decoded.Refused.class);
            assertThat(((Decoded.Refused<?>) decoded).problems())
                    .allSatisfy(found -> assertThat(found).isNotBlank())
                    .satisfies(found -> assertThat(List.of(problems))
                            .allMatch(wanted -> found.stream().anyMatch(one -> one.startsWith(wanted))));
        });
    }

    @Test
    void whatIsWrongWithOneOperationLeavesTheOthersOfItsCallAlone() {
        var accept = (SchedulerCall.Accept) ok(codec.decode(
                        Encoding.JSON,
                        json("{'type':'ACCEPT','framework_id':{'value':'f'},'accept':{'operations':["
                                + "{'type':'RESERVE','id':{'value':'op'},'reserve':{'resources':"
                                + "[{'name':'cpus','type':'SCALAR','ranges':{}}]}},"
                                + "{'type':'CREATE'},{'type':'LAUNCH'}]}}")))
                .call();

        assertThat(accept.operations()).containsExactly(new OfferOperation.Launch(null, List.of()));
        assertThat(accept.invalid())
                .extracting(SchedulerCall.Accept.Invalid::type)
                .containsExactly("RESERVE", "CREATE");
        assertThat(accept.invalid().getFirst().id()).isEqualTo(new OperationId("op"));
        assertThat(accept.invalid().getFirst().problem())
                .startsWith("accept.operations[0].reserve.resources[0]: is of type SCALAR");
        assertThat(accept.invalid().getLast().problem())
                .isEqualTo("accept.operations[1].create: is required and missing");
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongWithAFrameworkIsCarriedWithItsSubscription() {
        var multi = "'capabilities':[{'type':'MULTI_ROLE'}],";
        var filters = "'offer_filters':{'a':{'min_allocatable_resources':{'quantities':[";
        return Stream.of(
                carries("'role':'a'", "", List.of()),
                carries(multi + "'roles':['a'],'role':'a'", "", List.of(Step.ROLES)),
                carries("'roles':['a']", "", List.of(Step.ROLES)),
                carries("'failover_timeout':1e30", "", List.of(Step.FAILOVER_TIMEOUT)),
                carries("'failover_timeout':'NaN'", "", List.of(Step.FAILOVER_TIMEOUT)),
                carries("'failover_timeout':-1", "", List.of()),
                carries(filters + "{'quantities':{'cpus':{'value':1}}}]}}}", "", List.of()),
                carries(filters + "{'quantities':{'cpus':{'value':-1}}}]}}}", "", List.of(Step.OFFER_FILTERS)),
                carries(filters + "{'quantities':{'cpus':{'value':'Infinity'}}}]}}}", "", List.of(Step.OFFER_FILTERS)),
                carries(filters + "{}]}}}", "", List.of(Step.OFFER_FILTERS)),
                carries("'role':'a'", constrained("{'groups':[]}"), List.of(Step.CONSTRAINTS)),
                carries("'role':'a'", constrained("{'groups':[{}]}"), List.of(Step.CONSTRAINTS)),
                carries("'role':'a'", constrained(group("{}", "{'exists':{}}")), List.of(Step.CONSTRAINTS)),
                carries("'role':'a'", constrained(group("{'attribute_name':'x'}", "{}")), List.of(Step.CONSTRAINTS)),
                carries("'role':'a'", constrained(group("{'attribute_name':'x'}", "{'exists':{}}")), List.of()));
    }

    private static String constrained(String roleA) {
        return ",'offer_constraints':{'role_constraints':{'a':" + roleA + "}}";
    }

    private static String group(String selector, String predicate) {
        return "{'groups':[{'attribute_constraints':[{'selector':" + selector + ",'predicate':" + predicate + "}]}]}";
    }

    private DynamicTest carries(String info, String more, List<Step> steps) {
        return DynamicTest.dynamicTest(
                info + more,
                () -> assertThat(subscription(info, more).problems())
                        .allSatisfy(problem -> assertThat(problem.text()).isNotBlank())
                        .extracting(FrameworkProblem::step)
                        .isEqualTo(steps));
    }

    private SchedulerCall.Subscribe subscription(String info, String more) {
        var text =
                "{'type':'SUBSCRIBE','subscribe':{'framework_info':{'user':'u','name':'n'," + info + "}" + more + "}}";
        return (SchedulerCall.Subscribe)
                ok(codec.decode(Encoding.JSON, json(text))).call();
    }

    @Test
    void whatAFrameworkWantsOfOffersIsReadByRole() {
        var wishes = subscription(
                        "'offer_filters':{'a':{'min_allocatable_resources':{'quantities':["
                                + "{'quantities':{'cpus':{'value':0.5},'mem':{'value':0}}}]}},"
                                + "'b':{'min_allocatable_resources':{}},'c':{}}",
                        constrained("{'groups':[{'attribute_constraints':["
                                + "{'selector':{'pseudoattribute_type':'ZONE'},"
                                + "'predicate':{'text_equals':{'value':'z'}}},"
                                + "{'selector':{'attribute_name':'x'},'predicate':{'text_not_matches':{'regex':'y.*'}}}"
                                + "]}]}"))
                .wishes();

        assertThat(wishes.minAllocatable()).containsOnlyKeys("a", "b");
        assertThat(wishes.minAllocatable().get("a")).containsExactly(Quantities.of("cpus", 500));
        assertThat(wishes.minAllocatable().get("b")).isEmpty();
        assertThat(wishes.constraints().get("a"))
                .isEqualTo(new OfferConstraints(List.of(new OfferConstraints.Group(List.of(
                        new OfferConstraints.Constraint(
                                OfferConstraints.Selector.Pseudo.ZONE, new OfferConstraints.Predicate.TextEquals("z")),
                        new OfferConstraints.Constraint(
                                new OfferConstraints.Selector.Attribute("x"),
                                new OfferConstraints.Predicate.TextNotMatches("y.*")))))));
    }

    @Test
    void aFrameworkDescribesItselfInTheOldWayOrInTheNewOne() {
        var old = subscribed("{'user':'u','name':'n','role':'ads','failover_timeout':1.5,'checkpoint':true}");
        var bare = subscribed("{'user':'u','name':'n','principal':'','failover_timeout':-3}");
        var modern = subscribed("{'user':'u','name':'n','roles':['a','b'],'capabilities':"
                + "[{'type':'MULTI_ROLE'},{'type':'FLYING'},{'type':'PARTITION_AWARE'}],'principal':'p'}");

        assertThat(old.roles()).containsExactly("ads");
        assertThat(old.failoverTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(old.checkpoint()).isTrue();
        assertThat(bare.roles()).containsExactly("*");
        assertThat(bare.principal()).isNull();
        assertThat(bare.failoverTimeout()).isEqualTo(Duration.ZERO);
        assertThat(modern.roles()).containsExactly("a", "b");
        assertThat(modern.principal()).isEqualTo("p");
        assertThat(modern.capabilities())
                .containsExactly(FrameworkCapability.MULTI_ROLE, FrameworkCapability.PARTITION_AWARE);
    }

    private FrameworkInfo subscribed(String info) {
        var text = "{'type':'SUBSCRIBE','subscribe':{'framework_info':" + info + "}}";
        return ((SchedulerCall.Subscribe)
                        ok(codec.decode(Encoding.JSON, json(text))).call())
                .info();
    }

    @Test
    void whateverACallSaysItSaysTheSameWhenItIsWrittenAndReadAgain() {
        var records = new RandomRecords(Seed.random("scheduler calls"));
        for (var type : Call.Type.values()) {
            for (int run = 0; run < 20; run++) {
                var call = withType((Call) records.message(Call.getDefaultInstance()), type);
                if (codec.decode(Encoding.PROTOBUF, call.toByteArray())
                        instanceof Decoded.Ok<SchedulerRequest>(var read)) {
                    var written = client.encode(Encoding.JSON, read);
                    var again = ok(codec.decode(Encoding.JSON, written));
                    assertThat(client.encode(Encoding.JSON, again)).asString().isEqualTo(text(written));
                }
            }
        }
    }

    /** Random calls rarely have a matching framework id; that is not what is tested. */
    private static Call withType(Call call, Call.Type type) {
        var builder = call.toBuilder().setType(type);
        builder.getFrameworkIdBuilder().setValue("f");
        if (call.hasSubscribe()) {
            builder.getSubscribeBuilder()
                    .getFrameworkInfoBuilder()
                    .getIdBuilder()
                    .setValue("f");
        }
        if (call.hasUpdateFramework()) {
            builder.getUpdateFrameworkBuilder()
                    .getFrameworkInfoBuilder()
                    .getIdBuilder()
                    .setValue("f");
        }
        return builder.build();
    }

    @Test
    void everyEventArrivesUnchangedAtAFrameworkThatKnowsEverything() {
        var records = new RandomRecords(Seed.random("scheduler events"));
        for (int run = 0; run < 300; run++) {
            var event = records.event();
            var binary = codec.encode(Encoding.PROTOBUF, event, MODERN);
            assertThat(client.decode(Encoding.PROTOBUF, binary)).isEqualTo(new Decoded.Ok<>(event));

            // JSON also writes defaults, into what we only carry: so it is compared as it is written.
            var written = codec.encode(Encoding.JSON, event, MODERN);
            var arrived = ok(client.decode(Encoding.JSON, written));
            assertThat(codec.encode(Encoding.JSON, arrived, MODERN)).asString().isEqualTo(text(written));
        }
    }

    @Test
    void messagesAndDataArriveByteForByte() {
        var records = new RandomRecords(Seed.random("scheduler data"));
        var bytes = records.bytes();
        var message = new SchedulerEvent.Message(new AgentId("a"), new ExecutorId("e"), bytes);
        var update = new SchedulerEvent.Update(records.status(), bytes);

        var arrivedMessage =
                (SchedulerEvent.Message) ok(client.decode(Encoding.JSON, codec.encode(Encoding.JSON, message, MODERN)));
        var arrivedUpdate =
                (SchedulerEvent.Update) ok(client.decode(Encoding.JSON, codec.encode(Encoding.JSON, update, MODERN)));

        assertThat(arrivedMessage.data()).isEqualTo(bytes);
        assertThat(arrivedUpdate.data()).isEqualTo(bytes);
    }

    @Test
    void anOfferIsWrittenAsTheFrameworkCanReadIt() {
        var offer = new Offer(
                new OfferId("o"),
                new FrameworkId("f"),
                new AgentId("a"),
                "ads",
                Resources.parse("cpus:1.5").allocatedTo("ads"),
                "host",
                "10.0.0.7",
                5051,
                List.of(),
                null,
                List.of());
        var head = "{'type':'OFFERS','offers':{'offers':[{'id':{'value':'o'},'framework_id':{'value':'f'},"
                + "'agent_id':{'value':'a'},'hostname':'host','url':{'scheme':'http','address':{'hostname':'host',"
                + "'ip':'10.0.0.7','port':5051},'path':'/slave(1)'},'resources':[{"
                + "'name':'cpus','type':'SCALAR','scalar':{'value':1.5}";

        assertThat(offered(offer, List.of())).isEqualTo(quoted(head + ",'role':'*'}]}]}}"));
        assertThat(offered(offer, MODERN))
                .isEqualTo(quoted(head + ",'allocation_info':{'role':'ads'}}],'allocation_info':{'role':'ads'}}]}}"));
        assertThat(offered(offer, List.of(FrameworkCapability.MULTI_ROLE)))
                .isEqualTo(quoted(
                        head + ",'role':'*','allocation_info':{'role':'ads'}}],'allocation_info':{'role':'ads'}}]}}"));
        assertThat(offered(offer, List.of(FrameworkCapability.RESERVATION_REFINEMENT)))
                .isEqualTo(quoted(head + "}]}]}}"));
    }

    private String offered(Offer offer, List<FrameworkCapability> capabilities) {
        return text(codec.encode(Encoding.JSON, new SchedulerEvent.Offers(List.of(offer)), capabilities));
    }

    @Test
    void subscribedTellsOldDriversTheAddressAsANumber() {
        var master = new org.mesolith.api.MasterInfo("m", "127.0.0.1", 5050, "host", "1.11.0", null);
        var event = new SchedulerEvent.Subscribed(new FrameworkId("f"), Duration.ofSeconds(15), master);

        assertThat(text(codec.encode(Encoding.JSON, event, List.of())))
                .isEqualTo(quoted("{'type':'SUBSCRIBED','subscribed':{'framework_id':{'value':'f'},"
                        + "'heartbeat_interval_seconds':15.0,'master_info':{'id':'m','ip':16777343,'port':5050,"
                        + "'pid':'master@127.0.0.1:5050','hostname':'host','version':'1.11.0',"
                        + "'address':{'hostname':'host','ip':'127.0.0.1','port':5050},"
                        + "'capabilities':[{'type':'AGENT_UPDATE'},{'type':'AGENT_DRAINING'},{'type':'QUOTA_V2'}]}}}"));
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

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
