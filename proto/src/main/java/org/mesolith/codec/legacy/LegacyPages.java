package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.codec.v1.Plans;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;

/** What the endpoints that are older than the v1 API answer, each as one JSON document. Any thread. */
public final class LegacyPages {
    private static final JsonFactory FACTORY = new JsonFactory();

    private LegacyPages() {}

    /** Writes one document. */
    @FunctionalInterface
    interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] page(Document document) {
        var bytes = new ByteArrayOutputStream(4_096);
        try (var json = FACTORY.createGenerator(bytes)) {
            document.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** {@code /state}: everything. */
    public static byte[] state(LegacyAbout about, OperatorReply.State state) {
        return page(json -> {
            json.writeStartObject();
            head(json, about);
            var agents = state.agents();
            long active = agents.agents().stream().filter(one -> one.active()).count();
            json.writeNumberField("activated_slaves", active);
            json.writeNumberField("deactivated_slaves", agents.agents().size() - active);
            json.writeNumberField("unreachable_slaves", about.unreachable());
            leader(json, about);
            json.writeArrayFieldStart("slaves");
            for (var agent : agents.agents()) {
                json.writeStartObject();
                AgentTrees.fields(json, agent);
                json.writeEndObject();
            }
            json.writeEndArray();
            recovered(json, agents);
            frameworks(json, state);
            empty(json, "orphan_tasks");
            empty(json, "unregistered_frameworks");
            json.writeEndObject();
        });
    }

    private static void head(JsonGenerator json, LegacyAbout about) throws IOException {
        BuildKeys.write(json, about.version(), about.builtAt());
        json.writeNumberField("start_time", Times.seconds(about.started()));
        json.writeNumberField("elected_time", Times.seconds(about.elected()));
        var self = about.self();
        json.writeStringField("id", self.id());
        json.writeStringField("pid", self.pid());
        json.writeStringField("hostname", self.hostname());
        json.writeArrayFieldStart("capabilities");
        for (var capability : self.capabilities()) {
            json.writeString(capability.name());
        }
        json.writeEndArray();
    }

    private static void leader(JsonGenerator json, LegacyAbout about) throws IOException {
        var self = about.self();
        if (self.domain() != null) {
            Amounts.domain(json, self.domain());
        }
        json.writeStringField("leader", self.pid());
        json.writeObjectFieldStart("leader_info");
        json.writeStringField("id", self.id());
        json.writeStringField("pid", self.pid());
        json.writeNumberField("port", self.port());
        json.writeStringField("hostname", self.hostname());
        if (self.domain() != null) {
            Amounts.domain(json, self.domain());
        }
        json.writeEndObject();
        var flags = about.flags();
        if (flags != null) {
            if (about.cluster() != null) {
                json.writeStringField("cluster", about.cluster());
            }
            flags(json, flags);
        }
    }

    /** The settings in force, and where the log lies if one is kept. */
    static void flags(JsonGenerator json, Map<String, String> flags) throws IOException {
        for (var place : List.of("log_dir", "external_log_file")) {
            var path = flags.get(place);
            if (path != null) {
                json.writeStringField(place, path);
            }
        }
        json.writeObjectFieldStart("flags");
        for (var flag : flags.entrySet()) {
            json.writeStringField(flag.getKey(), flag.getValue());
        }
        json.writeEndObject();
    }

    static void empty(JsonGenerator json, String key) throws IOException {
        json.writeArrayFieldStart(key);
        json.writeEndArray();
    }

    private static void recovered(JsonGenerator json, OperatorReply.Agents agents) throws IOException {
        json.writeArrayFieldStart("recovered_slaves");
        for (var agent : agents.recovered()) {
            AgentTrees.recovered(json, agent);
        }
        json.writeEndArray();
    }

    private static void frameworks(JsonGenerator json, OperatorReply.State state) throws IOException {
        var tasks = TasksOf.all(state.tasks());
        json.writeArrayFieldStart("frameworks");
        for (var view : state.frameworks().frameworks()) {
            FrameworkTrees.write(json, view, tasks.getOrDefault(view.id(), TasksOf.NONE), state.executors());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("completed_frameworks");
        for (var view : state.frameworks().completed()) {
            FrameworkTrees.write(json, view, tasks.getOrDefault(view.id(), TasksOf.NONE), state.executors());
        }
        json.writeEndArray();
    }

    /** {@code /state-summary}: agents and frameworks with how many tasks they have, no tasks. */
    public static byte[] summary(LegacyAbout about, OperatorReply.State state) {
        return page(json -> {
            var tasks = state.tasks();
            Function<Function<TaskView, String>, SumsBy> by = key -> new SumsBy(key, state.frameworks(), tasks);
            var byAgent = by.apply(task -> task.agent().value());
            var byFramework = by.apply(task -> task.key().framework().value());
            json.writeStartObject();
            json.writeStringField("hostname", about.self().hostname());
            if (about.cluster() != null) {
                json.writeStringField("cluster", about.cluster());
            }
            json.writeArrayFieldStart("slaves");
            for (var agent : state.agents().agents()) {
                json.writeStartObject();
                AgentTrees.fields(json, agent);
                byAgent.of(agent.id().value()).write(json, "framework_ids");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("frameworks");
            for (var view : state.frameworks().frameworks()) {
                json.writeStartObject();
                FrameworkTrees.summary(json, view, FrameworkTrees.info(view));
                byFramework.of(view.id().value()).write(json, "slave_ids");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code /slaves}: agents with every resource; {@code only} is null for all. */
    public static byte[] slaves(OperatorReply.Agents agents, @Nullable AgentId only) {
        return page(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("slaves");
            for (var agent : agents.agents()) {
                if (only == null || agent.id().equals(only)) {
                    json.writeStartObject();
                    AgentTrees.fields(json, agent);
                    AgentTrees.full(json, agent);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("recovered_slaves");
            for (var agent : agents.recovered()) {
                if (only == null || agent.id().equals(only)) {
                    AgentTrees.recovered(json, agent);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code /frameworks}; {@code only} is null for all. */
    public static byte[] frameworks(OperatorReply.State state, @Nullable FrameworkId only) {
        return page(json -> {
            json.writeStartObject();
            frameworks(json, only == null ? state : only(state, only));
            empty(json, "unregistered_frameworks");
            json.writeEndObject();
        });
    }

    private static OperatorReply.State only(OperatorReply.State state, FrameworkId only) {
        var frameworks = state.frameworks();
        return new OperatorReply.State(
                state.tasks(),
                state.executors(),
                new OperatorReply.Frameworks(
                        frameworks.frameworks().stream()
                                .filter(view -> view.id().equals(only))
                                .toList(),
                        frameworks.completed().stream()
                                .filter(view -> view.id().equals(only))
                                .toList()),
                state.agents());
    }

    /** {@code /tasks}: one page of all tasks, in the order in which they began. */
    public static byte[] tasks(OperatorReply.Tasks tasks, TaskQuery query) {
        return page(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("tasks");
            for (var task : query.of(tasks)) {
                TaskTrees.write(json, task);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code /weights}: those that were set. */
    public static byte[] weights(OperatorReply.Weights weights) {
        return page(json -> {
            json.writeStartArray();
            for (var weight : weights.weights()) {
                json.writeStartObject();
                json.writeStringField("role", weight.role());
                json.writeNumberField("weight", weight.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** {@code /roles}. */
    public static byte[] roles(List<OperatorReply.Roles.RoleView> roles) {
        return page(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("roles");
            for (var role : roles) {
                RoleTrees.write(json, role);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code /quota}. */
    public static byte[] quotas(OperatorReply.Quotas quotas) {
        return page(json -> RoleTrees.quotas(json, quotas.quotas()));
    }

    /** {@code /maintenance/schedule}. */
    public static byte[] schedule(OperatorReply.Schedule schedule) {
        return page(json -> Messages.write(json, Plans.schedule(schedule.windows())));
    }

    /** {@code /maintenance/status}. */
    public static byte[] maintenance(OperatorReply.Maintenance maintenance) {
        return page(json -> {
            json.writeStartObject();
            if (!maintenance.draining().isEmpty()) {
                json.writeArrayFieldStart("draining_machines");
                for (var machine : maintenance.draining()) {
                    draining(json, machine);
                }
                json.writeEndArray();
            }
            if (!maintenance.down().isEmpty()) {
                json.writeArrayFieldStart("down_machines");
                for (MachineId machine : maintenance.down()) {
                    Messages.write(json, Plans.machine(machine));
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    private static void draining(JsonGenerator json, OperatorReply.Maintenance.Draining machine) throws IOException {
        json.writeStartObject();
        Messages.field(json, "id", Plans.machine(machine.machine()));
        if (!machine.answers().isEmpty()) {
            json.writeArrayFieldStart("statuses");
            for (var answer : machine.answers()) {
                json.writeStartObject();
                json.writeStringField("status", answer.accepted() ? "ACCEPT" : "DECLINE");
                json.writeObjectFieldStart("framework_id");
                json.writeStringField("value", answer.framework().value());
                json.writeEndObject();
                Messages.field(json, "timestamp", Times.info(answer.at()));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
