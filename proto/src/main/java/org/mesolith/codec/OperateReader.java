package org.mesolith.codec;

import java.util.List;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ValueCodec;
import org.mesolith.model.AgentId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.Resource;
import org.mesolith.proto.gen.v1.master.Call;

/** Reads what an operator does with the free resources of an agent. */
final class OperateReader {
    private final ShapeErrors errors;

    OperateReader(ShapeErrors errors) {
        this.errors = errors;
    }

    OperatorCall read(Call from) {
        return switch (from.getType()) {
            case RESERVE_RESOURCES -> {
                var call = from.getReserveResources();
                var at = body(from.hasReserveResources(), "reserve_resources");
                yield new OperatorCall.Operate(
                        agent(call.getAgentId()),
                        new OfferOperation.Reserve(
                                null,
                                resources(call.getSourceList(), at.field("source")),
                                some(call.getResourcesList(), at.field("resources"))));
            }
            case UNRESERVE_RESOURCES -> {
                var call = from.getUnreserveResources();
                var at = body(from.hasUnreserveResources(), "unreserve_resources")
                        .field("resources");
                yield new OperatorCall.Operate(
                        agent(call.getAgentId()),
                        new OfferOperation.Unreserve(null, some(call.getResourcesList(), at)));
            }
            case CREATE_VOLUMES -> {
                var call = from.getCreateVolumes();
                var at = body(from.hasCreateVolumes(), "create_volumes").field("volumes");
                yield new OperatorCall.Operate(
                        agent(call.getAgentId()), new OfferOperation.Create(null, some(call.getVolumesList(), at)));
            }
            case DESTROY_VOLUMES -> {
                var call = from.getDestroyVolumes();
                var at = body(from.hasDestroyVolumes(), "destroy_volumes").field("volumes");
                yield new OperatorCall.Operate(
                        agent(call.getAgentId()), new OfferOperation.Destroy(null, some(call.getVolumesList(), at)));
            }
            case GROW_VOLUME -> grow(from);
            default -> shrink(from);
        };
    }

    private OperatorCall grow(Call from) {
        var call = from.getGrowVolume();
        var at = body(from.hasGrowVolume(), "grow_volume");
        if (!call.hasAgentId()) {
            errors.addMissing(at.field("agent_id"));
        }
        return new OperatorCall.Operate(
                agent(call.getAgentId()),
                new OfferOperation.GrowVolume(
                        null,
                        one(from.hasGrowVolume(), call.getVolume(), at.field("volume")),
                        one(from.hasGrowVolume(), call.getAddition(), at.field("addition"))));
    }

    private OperatorCall shrink(Call from) {
        var call = from.getShrinkVolume();
        var at = body(from.hasShrinkVolume(), "shrink_volume");
        if (!call.hasAgentId()) {
            errors.addMissing(at.field("agent_id"));
        }
        var subtract = ValueCodec.decode(call.getSubtract(), at.field("subtract"), errors);
        return new OperatorCall.Operate(
                agent(call.getAgentId()),
                new OfferOperation.ShrinkVolume(
                        null,
                        one(from.hasShrinkVolume(), call.getVolume(), at.field("volume")),
                        subtract == null ? 0 : subtract.milli()));
    }

    private Path body(boolean given, String name) {
        var at = Path.ROOT.field(name);
        if (!given) {
            errors.addMissing(at);
        }
        return at;
    }

    private static AgentId agent(org.mesolith.proto.gen.v1.AgentID id) {
        return new AgentId(id.getValue());
    }

    private Resources one(boolean given, Resource from, Path at) {
        return given ? resources(List.of(from), at) : Resources.EMPTY;
    }

    private Resources some(List<Resource> from, Path at) {
        if (from.isEmpty()) {
            errors.add(at, "is empty; name the resources");
        }
        return resources(from, at);
    }

    /** Operators name no role that something is allocated to: what they change is free. */
    private Resources resources(List<Resource> from, Path at) {
        var resources = ResourceCodec.decode(from, at, errors);
        for (var resource : resources) {
            if (resource.kind().allocatedRole() != null) {
                errors.add(at, "has an allocation_info; leave it out, for operators change what is free");
                break;
            }
        }
        return resources;
    }
}
