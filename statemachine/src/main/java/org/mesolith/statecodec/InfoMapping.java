package org.mesolith.statecodec;

import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskStatus;
import org.mesolith.proto.gen.rows.Rows;

/** What agents, frameworks and tasks say of themselves, both ways. */
final class InfoMapping {
    private static final Opaque NOTHING_MORE = Opaque.empty(TaskStatus.SCHEMA);

    private InfoMapping() {}

    static Rows.AgentInfo write(AgentInfo info) {
        var written = Rows.AgentInfo.newBuilder()
                .setHostname(info.hostname())
                .setPort(info.port())
                .setResources(ResourceMapping.write(info.resources()))
                .setVersion(info.version());
        for (var attribute : info.attributes()) {
            written.addAttributes(Rows.Attribute.newBuilder()
                    .setName(attribute.name())
                    .setValue(ResourceMapping.write(attribute.value())));
        }
        var domain = info.domain();
        if (domain != null) {
            written.setRegion(domain.region()).setZone(domain.zone());
        }
        info.capabilities().forEach(capability -> written.addCapabilities(capability.number()));
        return written.build();
    }

    static AgentInfo read(Rows.AgentInfo info) {
        return new AgentInfo(
                info.getHostname(),
                info.getPort(),
                ResourceMapping.read(info.getResources()),
                info.getAttributesList().stream()
                        .map(attribute ->
                                new Attribute(attribute.getName(), ResourceMapping.read(attribute.getValue())))
                        .toList(),
                info.hasRegion() ? new FaultDomain(info.getRegion(), info.getZone()) : null,
                info.getCapabilitiesList().stream()
                        .map(number -> Values.known(AgentCapability.of(number), "agent capability", number))
                        .toList(),
                info.getVersion());
    }

    static Rows.FrameworkInfo write(FrameworkInfo info) {
        var written = Rows.FrameworkInfo.newBuilder()
                .setUser(info.user())
                .setName(info.name())
                .addAllRoles(info.roles())
                .setFailoverTimeout(Values.span(info.failoverTimeout()))
                .setCheckpoint(info.checkpoint())
                .setRaw(Values.opaque(info.raw()));
        info.capabilities().forEach(capability -> written.addCapabilities(capability.number()));
        var id = info.id();
        if (id != null) {
            written.setId(id.value());
        }
        var principal = info.principal();
        if (principal != null) {
            written.setPrincipal(principal);
        }
        var hostname = info.hostname();
        if (hostname != null) {
            written.setHostname(hostname);
        }
        return written.build();
    }

    static FrameworkInfo read(Rows.FrameworkInfo info) {
        return new FrameworkInfo(
                info.hasId() ? new FrameworkId(info.getId()) : null,
                info.getUser(),
                info.getName(),
                info.getRolesList(),
                info.getCapabilitiesList().stream()
                        .map(number -> Values.known(FrameworkCapability.of(number), "framework capability", number))
                        .toList(),
                Values.span(info.getFailoverTimeout()),
                info.getCheckpoint(),
                info.hasPrincipal() ? info.getPrincipal() : null,
                info.hasHostname() ? info.getHostname() : null,
                Values.opaque(info.getRaw()));
    }

    static Rows.TaskStatus write(TaskStatus status) {
        var written = Rows.TaskStatus.newBuilder()
                .setTask(status.task().value())
                .setState(status.state().number())
                .setSource(status.source().number())
                .setMessage(status.message())
                .setTimestamp(Values.time(status.timestamp()));
        var reason = status.reason();
        if (reason != null) {
            written.setReason(reason.number());
        }
        var uuid = status.uuid();
        if (uuid != null) {
            written.setUuid(Values.uuid(uuid));
        }
        var agent = status.agent();
        if (agent != null) {
            written.setAgent(agent.value());
        }
        var executor = status.executor();
        if (executor != null) {
            written.setExecutor(executor.value());
        }
        var healthy = status.healthy();
        if (healthy != null) {
            written.setHealthy(healthy);
        }
        if (!status.rest().equals(NOTHING_MORE)) {
            written.setRest(Values.opaque(status.rest()));
        }
        return written.build();
    }

    static TaskStatus read(Rows.TaskStatus status) {
        return new TaskStatus(
                new TaskId(status.getTask()),
                Values.state(status.getState()),
                Values.known(StatusSource.of(status.getSource()), "status source", status.getSource()),
                status.hasReason() ? Values.reason(status.getReason()) : null,
                status.getMessage(),
                Values.time(status.getTimestamp()),
                status.hasUuid() ? Values.uuid(status.getUuid()) : null,
                status.hasAgent() ? new AgentId(status.getAgent()) : null,
                status.hasExecutor() ? new ExecutorId(status.getExecutor()) : null,
                status.hasHealthy() ? status.getHealthy() : null,
                status.hasRest() ? Values.opaque(status.getRest()) : NOTHING_MORE);
    }
}
