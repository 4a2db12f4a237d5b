package org.mesolith.codec.v1;

import java.util.List;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.Value;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.Offer;
import org.mesolith.proto.gen.v1.Resource;
import org.mesolith.proto.gen.v1.TaskInfo;

/** Operations on offers as protobuf. */
public final class OperationWriter {
    private OperationWriter() {}

    public static Offer.Operation write(OfferOperation from) {
        var to = Offer.Operation.newBuilder();
        if (from.id() != null) {
            to.getIdBuilder().setValue(from.id().value());
        }
        switch (from) {
            case OfferOperation.Launch launch ->
                to.setType(Offer.Operation.Type.LAUNCH).getLaunchBuilder().addAllTaskInfos(tasks(launch.tasks()));
            case OfferOperation.LaunchGroup launch -> {
                var body = to.setType(Offer.Operation.Type.LAUNCH_GROUP).getLaunchGroupBuilder();
                body.setExecutor(executor(launch.executor()))
                        .getTaskGroupBuilder()
                        .addAllTasks(tasks(launch.tasks()));
            }
            case OfferOperation.Reserve reserve ->
                to.setType(Offer.Operation.Type.RESERVE)
                        .getReserveBuilder()
                        .addAllSource(resources(reserve.source()))
                        .addAllResources(resources(reserve.resources()));
            case OfferOperation.Unreserve unreserve ->
                to.setType(Offer.Operation.Type.UNRESERVE)
                        .getUnreserveBuilder()
                        .addAllResources(resources(unreserve.resources()));
            case OfferOperation.Create create ->
                to.setType(Offer.Operation.Type.CREATE).getCreateBuilder().addAllVolumes(resources(create.volumes()));
            case OfferOperation.Destroy destroy ->
                to.setType(Offer.Operation.Type.DESTROY)
                        .getDestroyBuilder()
                        .addAllVolumes(resources(destroy.volumes()));
            case OfferOperation.GrowVolume grow ->
                to.setType(Offer.Operation.Type.GROW_VOLUME)
                        .getGrowVolumeBuilder()
                        .setVolume(one(grow.volume()))
                        .setAddition(one(grow.addition()));
            case OfferOperation.ShrinkVolume shrink ->
                to.setType(Offer.Operation.Type.SHRINK_VOLUME)
                        .getShrinkVolumeBuilder()
                        .setVolume(one(shrink.volume()))
                        .setSubtract(ValueCodec.encode(new Value.Scalar(shrink.subtractMilli())));
            case OfferOperation.NotSupported notSupported ->
                to.setType(Offer.Operation.Type.valueOf(notSupported.type()));
            case OfferOperation.Refused refused -> to.setType(Offer.Operation.Type.valueOf(refused.type()));
        }
        return to.build();
    }

    private static List<TaskInfo> tasks(List<TaskLaunch> from) {
        return from.stream()
                .map(task -> Opaques.read(TaskInfo.getDefaultInstance(), task.taskInfo()))
                .toList();
    }

    private static ExecutorInfo executor(ExecutorLaunch from) {
        return Opaques.read(ExecutorInfo.getDefaultInstance(), from.raw());
    }

    private static List<Resource> resources(Resources from) {
        return ResourceCodec.encode(from, ResourceForm.OURS);
    }

    private static Resource one(Resources from) {
        var list = resources(from);
        if (list.size() != 1) {
            throw new IllegalArgumentException("one resource is expected here, not {" + from + "}");
        }
        return list.getFirst();
    }
}
