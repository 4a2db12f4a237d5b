package org.mesolith.codec;

import org.mesolith.api.AgentReply;
import org.mesolith.api.AgentView;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.TaskView;
import org.mesolith.codec.v1.ConstraintCodec;
import org.mesolith.codec.v1.FrameworkCodec;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.OfferCodec;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.codec.v1.ValueCodec;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.proto.gen.v1.DrainState;
import org.mesolith.proto.gen.v1.FileInfo;
import org.mesolith.proto.gen.v1.Task;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.master.Response.GetAgents;
import org.mesolith.proto.gen.v1.master.Response.GetFrameworks;

/** Agents, frameworks and tasks as operators are shown them. */
final class ViewWriter {
    private ViewWriter() {}

    static org.mesolith.proto.gen.v1.AgentInfo info(AgentId id, AgentInfo from) {
        var to = org.mesolith.proto.gen.v1.AgentInfo.newBuilder()
                .setHostname(from.hostname())
                .setPort(from.port())
                .addAllResources(ResourceCodec.encode(from.resources(), ResourceForm.SHOWN))
                .addAllAttributes(ValueCodec.attributes(from.attributes()));
        to.getIdBuilder().setValue(id.value());
        if (from.domain() != null) {
            to.setDomain(Infos.domain(from.domain()));
        }
        return to.build();
    }

    static FileInfo file(AgentReply.Files.File from) {
        return FileInfo.newBuilder()
                .setPath(from.path())
                .setNlink(from.links())
                .setSize(from.size())
                .setMtime(Times.info(from.changed()))
                .setMode(from.mode())
                .setUid(from.user())
                .setGid(from.group())
                .build();
    }

    static GetAgents.Agent agent(AgentView from) {
        var to = GetAgents.Agent.newBuilder()
                .setAgentInfo(info(from.id(), from.info()))
                .setActive(from.active())
                .setDeactivated(from.deactivated())
                .setVersion(from.info().version())
                .setPid(from.pid())
                .setRegisteredTime(Times.info(from.registered()))
                .addAllTotalResources(ResourceCodec.encode(from.total(), ResourceForm.SHOWN))
                .addAllAllocatedResources(ResourceCodec.encode(from.allocated(), ResourceForm.SHOWN))
                .addAllOfferedResources(ResourceCodec.encode(from.offered(), ResourceForm.SHOWN));
        if (from.reregistered() != null) {
            to.setReregisteredTime(Times.info(from.reregistered()));
        }
        for (var capability : from.info().capabilities()) {
            to.addCapabilitiesBuilder().setType(type(capability));
        }
        var drain = from.drain();
        if (drain != null) {
            var config = to.getDrainInfoBuilder()
                    .setState(drain.drained() ? DrainState.DRAINED : DrainState.DRAINING)
                    .getConfigBuilder()
                    .setMarkGone(drain.markGone());
            if (drain.maxGrace() != null) {
                config.setMaxGracePeriod(Times.info(drain.maxGrace()));
            }
            if (drain.begun() != null) {
                to.setEstimatedDrainStartTime(Times.info(drain.begun()));
            }
        }
        return to.build();
    }

    private static org.mesolith.proto.gen.v1.AgentInfo.Capability.Type type(AgentCapability capability) {
        return org.mesolith.proto.gen.v1.AgentInfo.Capability.Type.forNumber(capability.number());
    }

    static GetFrameworks.Framework framework(FrameworkView from) {
        var to = GetFrameworks.Framework.newBuilder()
                .setFrameworkInfo(FrameworkCodec.encode(from.info().withId(from.id())))
                .setActive(from.active())
                .setConnected(from.connected())
                .setRecovered(from.recovered())
                .setRegisteredTime(Times.info(from.registered()))
                .addAllOffers(OfferCodec.encode(from.offers(), ResourceForm.SHOWN))
                .addAllAllocatedResources(ResourceCodec.encode(from.allocated(), ResourceForm.SHOWN))
                .addAllOfferedResources(ResourceCodec.encode(from.offered(), ResourceForm.SHOWN));
        if (from.reregistered() != null) {
            to.setReregisteredTime(Times.info(from.reregistered()));
        }
        if (from.unregistered() != null) {
            to.setUnregisteredTime(Times.info(from.unregistered()));
        }
        if (!from.constraints().isEmpty()) {
            to.setOfferConstraints(ConstraintCodec.encode(from.constraints()));
        }
        return to.build();
    }

    static Task task(TaskView from) {
        var info = Opaques.read(TaskInfo.getDefaultInstance(), from.taskInfo());
        var to = Task.newBuilder()
                .setName(from.name())
                .setState(StatusCodec.state(from.state()))
                .addAllResources(ResourceCodec.encode(from.resources(), ResourceForm.SHOWN))
                .putAllLimits(info.getLimitsMap());
        to.getTaskIdBuilder().setValue(from.key().task().value());
        to.getFrameworkIdBuilder().setValue(from.key().framework().value());
        to.getAgentIdBuilder().setValue(from.agent().value());
        if (from.executor() != null) {
            to.getExecutorIdBuilder().setValue(from.executor().value());
        }
        from.statuses().forEach(status -> to.addStatuses(StatusCodec.encode(status, null)));
        if (from.statusUpdateState() != null) {
            to.setStatusUpdateState(StatusCodec.state(from.statusUpdateState()));
        }
        if (from.statusUpdateUuid() != null) {
            to.setStatusUpdateUuid(StatusCodec.bytes(from.statusUpdateUuid()));
        }
        copyDetails(info, to);
        return to.build();
    }

    private static void copyDetails(TaskInfo from, Task.Builder to) {
        if (from.hasLabels()) {
            to.setLabels(from.getLabels());
        }
        if (from.hasDiscovery()) {
            to.setDiscovery(from.getDiscovery());
        }
        if (from.hasContainer()) {
            to.setContainer(from.getContainer());
        }
        if (from.hasHealthCheck()) {
            to.setHealthCheck(from.getHealthCheck());
        }
        if (from.hasKillPolicy()) {
            to.setKillPolicy(from.getKillPolicy());
        }
        var command = from.hasCommand() ? from.getCommand() : from.getExecutor().getCommand();
        if (command.hasUser()) {
            to.setUser(command.getUser());
        }
    }
}
