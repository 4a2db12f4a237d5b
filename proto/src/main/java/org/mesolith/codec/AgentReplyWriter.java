package org.mesolith.codec;

import com.google.protobuf.ByteString;
import java.util.List;
import org.mesolith.api.AgentReply;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.ContainerID;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.ResourceStatistics;
import org.mesolith.proto.gen.v1.agent.Response;

/** Replies of agents as protobuf. */
final class AgentReplyWriter {
    private AgentReplyWriter() {}

    static Response write(AgentReply reply) {
        var to = Response.newBuilder();
        switch (reply) {
            case AgentReply.Health(var healthy) ->
                to.setType(Response.Type.GET_HEALTH).getGetHealthBuilder().setHealthy(healthy);
            case AgentReply.Flags(var flags) -> {
                var body = to.setType(Response.Type.GET_FLAGS).getGetFlagsBuilder();
                flags.forEach(
                        flag -> body.addFlagsBuilder().setName(flag.name()).setValue(flag.value()));
            }
            case AgentReply.Version(var version, var builtAt) ->
                to.setType(Response.Type.GET_VERSION)
                        .getGetVersionBuilder()
                        .getVersionInfoBuilder()
                        .setVersion(version)
                        .setBuildDate(builtAt.toString())
                        .setBuildTime(Times.seconds(builtAt));
            case AgentReply.LoggingLevel(long level) ->
                to.setType(Response.Type.GET_LOGGING_LEVEL)
                        .getGetLoggingLevelBuilder()
                        .setLevel((int) level);
            case AgentReply.Operations() ->
                to.setType(Response.Type.GET_OPERATIONS).setGetOperations(Response.GetOperations.getDefaultInstance());
            case AgentReply.ResourceProviders() ->
                to.setType(Response.Type.GET_RESOURCE_PROVIDERS)
                        .setGetResourceProviders(Response.GetResourceProviders.getDefaultInstance());
            case AgentReply.Metrics(var metrics) -> {
                var body = to.setType(Response.Type.GET_METRICS).getGetMetricsBuilder();
                metrics.forEach(metric ->
                        body.addMetricsBuilder().setName(metric.name()).setValue(metric.value()));
            }
            case AgentReply.Agent agent -> to.setType(Response.Type.GET_AGENT).setGetAgent(agent(agent));
            case AgentReply.Tasks tasks -> to.setType(Response.Type.GET_TASKS).setGetTasks(tasks(tasks));
            case AgentReply.Executors executors ->
                to.setType(Response.Type.GET_EXECUTORS).setGetExecutors(executors(executors));
            case AgentReply.Frameworks frameworks ->
                to.setType(Response.Type.GET_FRAMEWORKS).setGetFrameworks(frameworks(frameworks));
            case AgentReply.State(var tasks, var executors, var frameworks) ->
                to.setType(Response.Type.GET_STATE)
                        .getGetStateBuilder()
                        .setGetTasks(tasks(tasks))
                        .setGetExecutors(executors(executors))
                        .setGetFrameworks(frameworks(frameworks));
            case AgentReply.Containers(var containers) -> {
                var body = to.setType(Response.Type.GET_CONTAINERS).getGetContainersBuilder();
                containers.forEach(container -> body.addContainers(container(container)));
            }
            case AgentReply.Files(var files) -> {
                var body = to.setType(Response.Type.LIST_FILES).getListFilesBuilder();
                files.forEach(file -> body.addFileInfos(ViewWriter.file(file)));
            }
            case AgentReply.FilePart(var size, var data) ->
                to.setType(Response.Type.READ_FILE)
                        .getReadFileBuilder()
                        .setSize(size)
                        .setData(ByteString.copyFrom(data));
        }
        return to.build();
    }

    private static Response.GetTasks tasks(AgentReply.Tasks from) {
        var to = Response.GetTasks.newBuilder();
        from.launched().forEach(task -> to.addLaunchedTasks(ViewWriter.task(task)));
        from.terminated().forEach(task -> to.addTerminatedTasks(ViewWriter.task(task)));
        from.completed().forEach(task -> to.addCompletedTasks(ViewWriter.task(task)));
        return to.build();
    }

    private static Response.GetExecutors executors(AgentReply.Executors from) {
        var to = Response.GetExecutors.newBuilder();
        from.executors().forEach(executor -> to.addExecutorsBuilder().setExecutorInfo(executor(executor)));
        from.completed().forEach(executor -> to.addCompletedExecutorsBuilder().setExecutorInfo(executor(executor)));
        return to.build();
    }

    private static ExecutorInfo executor(AgentReply.Executors.Executor from) {
        if (from.info() != null) {
            return Opaques.read(ExecutorInfo.getDefaultInstance(), from.info());
        }
        var to = ExecutorInfo.newBuilder().setName(from.name());
        to.getExecutorIdBuilder().setValue(from.id().value());
        to.getFrameworkIdBuilder().setValue(from.framework().value());
        return to.build();
    }

    private static Response.GetContainers.Container container(AgentReply.Containers.Container from) {
        var to = Response.GetContainers.Container.newBuilder().setExecutorName(from.name());
        to.getFrameworkIdBuilder().setValue(from.framework().value());
        to.getExecutorIdBuilder().setValue(from.executor().value());
        var id = ContainerID.newBuilder().setValue(from.id().toString());
        if (from.parent() != null) {
            id.getParentBuilder().setValue(from.parent().toString());
        }
        to.setContainerId(id);
        to.getContainerStatusBuilder().setContainerId(id);
        if (from.use() != null) {
            to.setResourceStatistics(statistics(from.use()));
        }
        return to.build();
    }

    private static ResourceStatistics statistics(AgentReply.Containers.Use from) {
        var to = ResourceStatistics.newBuilder()
                .setTimestamp(Times.seconds(from.at()))
                .setCpusLimit(from.milliCpus() / 1e3)
                .setMemLimitBytes(from.memBytes())
                .setDiskLimitBytes(from.diskBytes());
        var processes = from.processes();
        to.setProcesses(processes.processes())
                .setThreads(processes.threads())
                .setCpusUserTimeSecs(processes.userMillis() / 1e3)
                .setCpusSystemTimeSecs(processes.systemMillis() / 1e3)
                .setMemRssBytes(processes.memBytes());
        if (from.diskUsedBytes() != null) {
            to.setDiskUsedBytes(from.diskUsedBytes());
        }
        for (var volume : from.volumes()) {
            var one = to.addDiskStatisticsBuilder().setLimitBytes(volume.bytes());
            if (volume.usedBytes() != null) {
                one.setUsedBytes(volume.usedBytes());
            }
            var encoded = ResourceCodec.encode(Resources.of(volume.volume()), ResourceForm.OURS);
            var disk = encoded.getFirst().getDisk();
            one.setPersistence(disk.getPersistence());
            if (disk.hasSource()) {
                one.setSource(disk.getSource());
            }
        }
        return to.build();
    }

    private static Response.GetFrameworks frameworks(AgentReply.Frameworks from) {
        var to = Response.GetFrameworks.newBuilder();
        infos(from.frameworks()).forEach(info -> to.addFrameworksBuilder().setFrameworkInfo(info));
        infos(from.completed())
                .forEach(info -> to.addCompletedFrameworksBuilder().setFrameworkInfo(info));
        return to.build();
    }

    /** Those that are whole: one that is not must not spoil the rest of the answer. */
    private static List<FrameworkInfo> infos(List<Opaque> from) {
        return from.stream()
                .map(info -> Opaques.read(FrameworkInfo.getDefaultInstance(), info))
                .filter(FrameworkInfo::isInitialized)
                .toList();
    }

    private static Response.GetAgent agent(AgentReply.Agent from) {
        var id = from.id();
        var to = Response.GetAgent.newBuilder()
                .setAgentInfo(ViewWriter.info(id == null ? new AgentId("") : id, from.info()));
        var drain = from.drain();
        if (drain != null) {
            to.getDrainConfigBuilder().setMarkGone(drain.markGone());
            if (drain.maxGrace() != null) {
                to.getDrainConfigBuilder().setMaxGracePeriod(Times.info(drain.maxGrace()));
            }
            to.setEstimatedDrainStartTime(Times.info(drain.begun()));
        }
        return to.build();
    }
}
