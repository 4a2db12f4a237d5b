package org.mesolith.codec;

import java.util.List;
import org.mesolith.api.OperationView;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.v1.Plans;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.Quota;
import org.mesolith.proto.gen.v1.Offer;
import org.mesolith.proto.gen.v1.Operation;
import org.mesolith.proto.gen.v1.OperationState;
import org.mesolith.proto.gen.v1.allocator.InverseOfferStatus;
import org.mesolith.proto.gen.v1.maintenance.ClusterStatus;
import org.mesolith.proto.gen.v1.quota.QuotaStatus;

/** Quotas, maintenance and operations as operators are shown them. */
final class PlanWriter {
    private PlanWriter() {}

    /** Also in the form that old clients read: guarantees only. */
    static QuotaStatus quotas(List<Quota> quotas) {
        var to = QuotaStatus.newBuilder();
        for (var quota : quotas) {
            to.addConfigs(Plans.quota(quota));
            OldQuota.show(to, quota);
        }
        return to.build();
    }

    static ClusterStatus maintenance(OperatorReply.Maintenance from) {
        var to = ClusterStatus.newBuilder();
        for (var machine : from.draining()) {
            var one = to.addDrainingMachinesBuilder().setId(Plans.machine(machine.machine()));
            for (var answer : machine.answers()) {
                var status = one.addStatusesBuilder()
                        .setStatus(
                                answer.accepted()
                                        ? InverseOfferStatus.Status.ACCEPT
                                        : InverseOfferStatus.Status.DECLINE)
                        .setTimestamp(Times.info(answer.at()));
                status.getFrameworkIdBuilder().setValue(answer.framework().value());
            }
        }
        from.down().forEach(machine -> to.addDownMachines(Plans.machine(machine)));
        return to.build();
    }

    static Operation operation(OperationView from) {
        var to = Operation.newBuilder();
        to.getFrameworkIdBuilder().setValue(from.framework().value());
        to.getAgentIdBuilder().setValue(from.agent().value());
        var info = to.getInfoBuilder().setType(Offer.Operation.Type.valueOf(from.type()));
        info.getIdBuilder().setValue(from.id().value());
        var status = to.getLatestStatusBuilder().setState(OperationState.OPERATION_FINISHED);
        status.getOperationIdBuilder().setValue(from.id().value());
        status.getUuidBuilder().setValue(StatusCodec.bytes(from.status()));
        to.getUuidBuilder().setValue(StatusCodec.bytes(from.status()));
        return to.build();
    }
}
