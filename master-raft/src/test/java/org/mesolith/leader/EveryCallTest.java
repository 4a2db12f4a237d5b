package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.event.Reply;
import org.mesolith.proto.gen.v1.scheduler.Call;

/** Every call that the scheduler API names is performed, or refused by its name. */
final class EveryCallTest {
    private static final List<String> BUILT = List.of(
            "SUBSCRIBE",
            "TEARDOWN",
            "ACCEPT",
            "DECLINE",
            "REVIVE",
            "SUPPRESS",
            "KILL",
            "ACKNOWLEDGE",
            "RECONCILE",
            "ACCEPT_INVERSE_OFFERS",
            "DECLINE_INVERSE_OFFERS",
            "ACKNOWLEDGE_OPERATION_STATUS",
            "RECONCILE_OPERATIONS",
            "UPDATE_FRAMEWORK",
            "SHUTDOWN",
            "MESSAGE",
            "REQUEST");

    /** The bodies of all calls: those of others than the type are passed over. */
    private static final String BODIES = "'accept':{},'request':{},'decline':{},'reconcile':{},"
            + "'accept_inverse_offers':{},'decline_inverse_offers':{},'reconcile_operations':{},"
            + "'acknowledge_operation_status':{'agent_id':{'value':'a'},'operation_id':{'value':'o'},"
            + "'uuid':'AAAAAAAAAAEAAAAAAAAAAg=='},"
            + "'kill':{'task_id':{'value':'t'}},"
            + "'acknowledge':{'agent_id':{'value':'a'},'task_id':{'value':'t'},'uuid':'AAAAAAAAAAEAAAAAAAAAAg=='},"
            + "'shutdown':{'executor_id':{'value':'e'},'agent_id':{'value':'a'}},"
            + "'message':{'agent_id':{'value':'a'},'executor_id':{'value':'e'},'data':''},"
            + "'subscribe':{'framework_info':{'user':'u','name':'n','id':{'value':'ID'}}},"
            + "'update_framework':{'framework_info':{'user':'u','name':'n','id':{'value':'ID'}}}";

    private final Bed bed = new Bed();

    private SchedulerRequest request(Call.Type type, TestFramework framework) {
        var text = "{'type':'" + type + "','framework_id':{'value':'ID'}," + BODIES + "}";
        var json = text.replace('\'', '"').replace("ID", framework.id().value());
        var decoded =
                new SchedulerCodec(CodecLimits.DEFAULT).decode(Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
        return decoded instanceof Decoded.Ok<SchedulerRequest>(var request) ? request : refused(decoded);
    }

    private static SchedulerRequest refused(Decoded<SchedulerRequest> decoded) {
        throw new AssertionError("not read: " + decoded);
    }

    @ParameterizedTest
    @EnumSource(Call.Type.class)
    void aCallIsPerformedOrNotSupportedYet(Call.Type type) {
        var framework = bed.framework("r");

        var reply = framework.call(request(type, framework).call());

        if (BUILT.contains(type.name())) {
            assertThat(reply).isNotInstanceOf(Reply.NotSupported.class).isNotInstanceOf(Reply.Late.class);
        } else {
            assertThat(reply).isEqualTo(new Reply.NotSupported("call " + type + " is not supported yet"));
        }
    }

    @ParameterizedTest
    @EnumSource(Call.Type.class)
    void everyCallButSubscribeIsCheckedBeforeItsTypeIsLookedAt(Call.Type type) {
        var framework = bed.framework("r");
        var call = request(type, framework).call();

        var reply = bed.call(framework.id(), null, call);

        assertThat(reply).isInstanceOf(Reply.BadRequest.class);
    }
}
