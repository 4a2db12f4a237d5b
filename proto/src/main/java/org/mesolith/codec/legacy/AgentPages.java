package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.mesolith.api.TaskView;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.Times;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/** What endpoints of an agent answer that are older than the v1 API, each as one JSON document. Any thread. */
public final class AgentPages {
    private AgentPages() {}

    /** {@code /state}. */
    public static byte[] state(AgentPage page) {
        return LegacyPages.page(json -> {
            json.writeStartObject();
            head(json, page);
            resources(json, page);
            LegacyPages.empty(json, "resource_providers");
            Amounts.attributes(json, page.info().attributes());
            if (page.master() != null) {
                json.writeStringField("master_hostname", page.master());
            }
            if (page.flags() != null) {
                LegacyPages.flags(json, page.flags());
            }
            frameworks(json, "frameworks", page.frameworks());
            frameworks(json, "completed_frameworks", page.completed());
            json.writeEndObject();
        });
    }

    /** {@code /version}. */
    public static byte[] version(String version, Instant builtAt) {
        return LegacyPages.page(json -> {
            json.writeStartObject();
            BuildKeys.write(json, version, builtAt);
            json.writeEndObject();
        });
    }

    private static void head(JsonGenerator json, AgentPage page) throws IOException {
        BuildKeys.write(json, page.info().version(), page.builtAt());
        json.writeNumberField("start_time", Times.seconds(page.started()));
        json.writeStringField("id", page.id());
        json.writeStringField("pid", page.pid());
        json.writeStringField("hostname", page.info().hostname());
        json.writeArrayFieldStart("capabilities");
        for (var capability : page.info().capabilities()) {
            json.writeString(capability.name());
        }
        json.writeEndArray();
        if (page.info().domain() != null) {
            Amounts.domain(json, page.info().domain());
        }
        var drain = page.drain();
        if (drain != null) {
            json.writeFieldName("drain_config");
            AgentTrees.drainConfig(json, drain.maxGrace(), drain.markGone());
            json.writeNumberField(
                    "estimated_drain_start_time_seconds", drain.begun().getEpochSecond());
        }
    }

    private static void resources(JsonGenerator json, AgentPage page) throws IOException {
        var total = page.total();
        Amounts.summary(json, "resources", total);
        Amounts.reserved(json, "reserved_resources", total);
        Amounts.summary(json, "unreserved_resources", total.unreserved());
        AgentTrees.fullByRole(json, total);
        Amounts.reserved(json, "reserved_resources_allocated", page.taken());
        Amounts.summary(json, "unreserved_resources_allocated", page.taken().unreserved());
    }

    private static void frameworks(JsonGenerator json, String key, List<AgentPage.Framework> frameworks)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (var framework : frameworks) {
            framework(json, framework);
        }
        json.writeEndArray();
    }

    private static void framework(JsonGenerator json, AgentPage.Framework framework) throws IOException {
        var info = Opaques.read(FrameworkInfo.getDefaultInstance(), framework.info());
        json.writeStartObject();
        json.writeStringField("id", framework.id().value());
        json.writeStringField("name", info.getName());
        json.writeStringField("user", info.getUser());
        json.writeNumberField("failover_timeout", info.getFailoverTimeout());
        json.writeBooleanField("checkpoint", info.getCheckpoint());
        json.writeStringField("hostname", info.getHostname());
        if (info.hasPrincipal()) {
            json.writeStringField("principal", info.getPrincipal());
        }
        if (isMultiRole(info)) {
            json.writeArrayFieldStart("roles");
            for (var role : info.getRolesList()) {
                json.writeString(role);
            }
            json.writeEndArray();
        } else {
            json.writeStringField("role", oneRole(info));
        }
        executors(json, "executors", framework.executors());
        executors(json, "completed_executors", framework.completed());
        json.writeEndObject();
    }

    @SuppressWarnings("deprecation") // frameworks that know one role name it so
    private static String oneRole(FrameworkInfo info) {
        return info.getRole();
    }

    private static boolean isMultiRole(FrameworkInfo info) {
        return info.getCapabilitiesList().stream()
                .anyMatch(capability -> capability.getType() == FrameworkInfo.Capability.Type.MULTI_ROLE);
    }

    private static void executors(JsonGenerator json, String key, List<AgentPage.Executor> executors)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (var executor : executors) {
            executor(json, executor);
        }
        json.writeEndArray();
    }

    private static void executor(JsonGenerator json, AgentPage.Executor executor) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", executor.id());
        json.writeStringField("name", executor.name());
        json.writeStringField("source", executor.source());
        json.writeStringField("container", executor.container());
        json.writeStringField("directory", executor.directory());
        Amounts.summary(json, "resources", executor.taken());
        if (!executor.taken().isEmpty()) {
            json.writeStringField("role", TaskTrees.role(executor.taken()));
        }
        if (executor.info() != null) {
            var info = Opaques.read(ExecutorInfo.getDefaultInstance(), executor.info());
            if (info.hasLabels()) {
                Messages.labels(json, info.getLabels());
            }
            if (info.hasType()) {
                json.writeStringField("type", info.getType().name());
            }
        }
        tasks(json, "tasks", executor.tasks());
        json.writeArrayFieldStart("queued_tasks");
        for (var task : executor.queued()) {
            queued(json, task);
        }
        json.writeEndArray();
        tasks(json, "completed_tasks", executor.completed());
        json.writeEndObject();
    }

    private static void tasks(JsonGenerator json, String key, List<TaskView> tasks) throws IOException {
        json.writeArrayFieldStart(key);
        for (var task : tasks) {
            TaskTrees.write(json, task);
        }
        json.writeEndArray();
    }

    private static void queued(JsonGenerator json, TaskView task) throws IOException {
        var info = Opaques.read(TaskInfo.getDefaultInstance(), task.taskInfo());
        json.writeStartObject();
        json.writeStringField("id", task.key().task().value());
        json.writeStringField("name", task.name());
        json.writeStringField("slave_id", task.agent().value());
        Amounts.summary(json, "resources", task.resources());
        json.writeStringField("role", TaskTrees.role(task.resources()));
        if (info.hasCommand()) {
            ExecutorTrees.command(json, info.getCommand());
        }
        if (task.executor() != null) {
            json.writeStringField("executor_id", task.executor().value());
        }
        if (info.hasDiscovery()) {
            Messages.field(json, "discovery", info.getDiscovery());
        }
        json.writeEndObject();
    }
}
