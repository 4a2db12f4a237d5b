package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.mesolith.api.TaskView;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.ContainerStatus;
import org.mesolith.proto.gen.v1.NetworkInfo;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.TaskStatus;

/** Tasks with what happened to them. */
final class TaskTrees {
    private TaskTrees() {}

    static void write(JsonGenerator json, TaskView task) throws IOException {
        var info = Opaques.read(TaskInfo.getDefaultInstance(), task.taskInfo());
        json.writeStartObject();
        json.writeStringField("id", task.key().task().value());
        json.writeStringField("name", task.name());
        json.writeStringField("framework_id", task.key().framework().value());
        json.writeStringField(
                "executor_id", task.executor() == null ? "" : task.executor().value());
        json.writeStringField("slave_id", task.agent().value());
        json.writeStringField("state", task.state().name());
        Amounts.summary(json, "resources", task.resources());
        if (info.getLimitsCount() > 0) {
            limits(json, info);
        }
        json.writeStringField("role", role(task.resources()));
        json.writeArrayFieldStart("statuses");
        for (var status : task.statuses()) {
            status(json, StatusCodec.encode(status, null).build());
        }
        json.writeEndArray();
        details(json, info);
        json.writeEndObject();
    }

    private static void limits(JsonGenerator json, TaskInfo info) throws IOException {
        json.writeObjectFieldStart("limits");
        for (var limit : info.getLimitsMap().entrySet()) {
            double value = limit.getValue().getValue();
            if (Double.isFinite(value)) {
                json.writeNumberField(limit.getKey(), value);
            } else {
                json.writeStringField(limit.getKey(), Double.toString(value));
            }
        }
        json.writeEndObject();
    }

    /** What a task runs on is allocated to one role. */
    static String role(Resources resources) {
        for (var resource : resources) {
            var role = resource.kind().allocatedRole();
            if (role != null) {
                return role;
            }
        }
        return "*";
    }

    private static void details(JsonGenerator json, TaskInfo info) throws IOException {
        var command = info.hasCommand() ? info.getCommand() : info.getExecutor().getCommand();
        if (command.hasUser()) {
            json.writeStringField("user", command.getUser());
        }
        if (info.hasLabels()) {
            Messages.labels(json, info.getLabels());
        }
        if (info.hasDiscovery()) {
            Messages.field(json, "discovery", info.getDiscovery());
        }
        if (info.hasContainer()) {
            Messages.field(json, "container", info.getContainer());
        }
        if (info.hasHealthCheck()) {
            Messages.field(json, "health_check", info.getHealthCheck());
        }
    }

    private static void status(JsonGenerator json, TaskStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", status.getState().name());
        json.writeNumberField("timestamp", status.getTimestamp());
        if (status.hasLabels()) {
            Messages.labels(json, status.getLabels());
        }
        if (status.hasHealthy()) {
            json.writeBooleanField("healthy", status.getHealthy());
        }
        if (status.hasContainerStatus()) {
            container(json, status.getContainerStatus());
        }
        json.writeEndObject();
    }

    private static void container(JsonGenerator json, ContainerStatus status) throws IOException {
        json.writeObjectFieldStart("container_status");
        if (status.hasContainerId()) {
            Messages.field(json, "container_id", status.getContainerId());
        }
        if (status.getNetworkInfosCount() > 0) {
            json.writeArrayFieldStart("network_infos");
            for (var network : status.getNetworkInfosList()) {
                network(json, network);
            }
            json.writeEndArray();
        }
        if (status.hasCgroupInfo()) {
            Messages.field(json, "cgroup_info", status.getCgroupInfo());
        }
        json.writeEndObject();
    }

    private static void network(JsonGenerator json, NetworkInfo network) throws IOException {
        json.writeStartObject();
        if (network.getGroupsCount() > 0) {
            json.writeArrayFieldStart("groups");
            for (var group : network.getGroupsList()) {
                json.writeString(group);
            }
            json.writeEndArray();
        }
        if (network.hasLabels()) {
            Messages.labels(json, network.getLabels());
        }
        if (network.getIpAddressesCount() > 0) {
            json.writeArrayFieldStart("ip_addresses");
            for (var address : network.getIpAddressesList()) {
                Messages.write(json, address);
            }
            json.writeEndArray();
        }
        if (network.hasName()) {
            json.writeStringField("name", network.getName());
        }
        if (network.getPortMappingsCount() > 0) {
            json.writeArrayFieldStart("port_mappings");
            for (var mapping : network.getPortMappingsList()) {
                Messages.write(json, mapping);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** When its first status was made; NaN without any. */
    static double began(TaskView task) {
        return task.statuses().isEmpty()
                ? Double.NaN
                : Times.seconds(task.statuses().getFirst().timestamp());
    }
}
