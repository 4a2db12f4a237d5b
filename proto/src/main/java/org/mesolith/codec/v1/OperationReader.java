package org.mesolith.codec.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.Offer.Operation;
import org.mesolith.proto.gen.v1.Resource;

/**
 * Reads what a framework does with what it was offered. An operation with errors is invalid by itself; the others of
 * its call are not touched by that.
 */
public final class OperationReader {
    private final ShapeErrors errors;
    private final @Nullable FrameworkId framework;

    public OperationReader(@Nullable FrameworkId framework, ShapeErrors errors) {
        this.framework = framework;
        this.errors = errors;
    }

    public OfferOperation decode(Operation from, Path at) {
        var id = from.hasId() ? new OperationId(from.getId().getValue()) : null;
        return switch (from.getType()) {
            case LAUNCH -> launch(id, from);
            case LAUNCH_GROUP -> launchGroup(id, from, at);
            case RESERVE -> {
                need(from.hasReserve(), at.field("reserve"));
                var place = at.field("reserve");
                yield new OfferOperation.Reserve(
                        id,
                        resources(from.getReserve().getSourceList(), place.field("source")),
                        resources(from.getReserve().getResourcesList(), place.field("resources")));
            }
            case UNRESERVE -> {
                need(from.hasUnreserve(), at.field("unreserve"));
                var place = at.field("unreserve").field("resources");
                yield new OfferOperation.Unreserve(
                        id, resources(from.getUnreserve().getResourcesList(), place));
            }
            case CREATE -> {
                need(from.hasCreate(), at.field("create"));
                var place = at.field("create").field("volumes");
                yield new OfferOperation.Create(id, resources(from.getCreate().getVolumesList(), place));
            }
            case DESTROY -> {
                need(from.hasDestroy(), at.field("destroy"));
                var place = at.field("destroy").field("volumes");
                yield new OfferOperation.Destroy(id, resources(from.getDestroy().getVolumesList(), place));
            }
            case GROW_VOLUME -> grow(id, from, at);
            case SHRINK_VOLUME -> shrink(id, from, at);
            case CREATE_DISK -> {
                need(from.hasCreateDisk(), at.field("create_disk"));
                var place = at.field("create_disk").field("source");
                yield disk(
                        id,
                        from.getType(),
                        resource(from.hasCreateDisk(), from.getCreateDisk().getSource(), place));
            }
            case DESTROY_DISK -> {
                need(from.hasDestroyDisk(), at.field("destroy_disk"));
                var place = at.field("destroy_disk").field("source");
                yield disk(
                        id,
                        from.getType(),
                        resource(from.hasDestroyDisk(), from.getDestroyDisk().getSource(), place));
            }
            case UNKNOWN ->
                new OfferOperation.Refused(id, from.getType().name(), "The type of the operation is not known");
        };
    }

    /** Without a body it launches nothing, which is a decline. */
    private OfferOperation launch(@Nullable OperationId id, Operation from) {
        return new OfferOperation.Launch(
                id,
                from.getLaunch().getTaskInfosList().stream()
                        .map(task -> TaskCodec.decode(task, framework))
                        .toList());
    }

    private OfferOperation launchGroup(@Nullable OperationId id, Operation from, Path at) {
        need(from.hasLaunchGroup(), at.field("launch_group"));
        var group = from.getLaunchGroup();
        return new OfferOperation.LaunchGroup(
                id,
                TaskCodec.executor(group.getExecutor(), framework, new ShapeErrors(1)),
                TaskCodec.decodeGroup(group.getTaskGroup(), group.getExecutor(), framework));
    }

    private OfferOperation grow(@Nullable OperationId id, Operation from, Path at) {
        need(from.hasGrowVolume(), at.field("grow_volume"));
        var place = at.field("grow_volume");
        return new OfferOperation.GrowVolume(
                id,
                resource(from.hasGrowVolume(), from.getGrowVolume().getVolume(), place.field("volume")),
                resource(from.hasGrowVolume(), from.getGrowVolume().getAddition(), place.field("addition")));
    }

    private OfferOperation shrink(@Nullable OperationId id, Operation from, Path at) {
        need(from.hasShrinkVolume(), at.field("shrink_volume"));
        var place = at.field("shrink_volume");
        var subtract = ValueCodec.decode(from.getShrinkVolume().getSubtract(), place.field("subtract"), errors);
        return new OfferOperation.ShrinkVolume(
                id,
                resource(from.hasShrinkVolume(), from.getShrinkVolume().getVolume(), place.field("volume")),
                subtract == null ? 0 : subtract.milli());
    }

    /** Disks are made and ended by resource providers, and no agent has one. Mesos: validation of both. */
    private static OfferOperation disk(@Nullable OperationId id, Operation.Type type, Resources source) {
        var provider = source.isEmpty() ? null : source.iterator().next().kind().providerId();
        var why = provider == null
                ? "'source' is not managed by a resource provider"
                : "Invalid " + type + " operation: no agent has the resource provider '" + provider + "'";
        return new OfferOperation.Refused(id, type.name(), why);
    }

    private Resources resource(boolean given, Resource from, Path at) {
        return given ? resources(List.of(from), at) : Resources.EMPTY;
    }

    private Resources resources(List<Resource> from, Path at) {
        return ResourceCodec.decode(from, at, errors);
    }

    private void need(boolean given, Path at) {
        if (!given) {
            errors.addMissing(at);
        }
    }
}
