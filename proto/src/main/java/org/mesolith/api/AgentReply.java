package org.mesolith.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resource;
import org.mesolith.model.Uuid;

/** What an operator's call to an agent is answered with (mesos.v1.agent.Response). */
public sealed interface AgentReply {
    /** GET_HEALTH. */
    record Health(boolean healthy) implements AgentReply {}

    /** GET_FLAGS: name and value as text, sorted by name. */
    record Flags(List<OperatorReply.Flags.Flag> flags) implements AgentReply {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /** GET_VERSION. */
    record Version(String version, Instant builtAt) implements AgentReply {}

    /** GET_METRICS. */
    record Metrics(List<OperatorReply.Metrics.Metric> metrics) implements AgentReply {
        public Metrics {
            metrics = List.copyOf(metrics);
        }
    }

    /** GET_AGENT: who this is; the id is null before the first registration. */
    record Agent(
            @Nullable AgentId id, AgentInfo info, @Nullable DrainOrder drain) implements AgentReply {}

    /** GET_TASKS: those that run; those over and not yet acknowledged; those over for good. */
    record Tasks(List<TaskView> launched, List<TaskView> terminated, List<TaskView> completed) implements AgentReply {
        public Tasks {
            launched = List.copyOf(launched);
            terminated = List.copyOf(terminated);
            completed = List.copyOf(completed);
        }
    }

    /** GET_EXECUTORS. */
    record Executors(List<Executor> executors, List<Executor> completed) implements AgentReply {
        public Executors {
            executors = List.copyOf(executors);
            completed = List.copyOf(completed);
        }

        /**
         * One executor; for a command task one that was made for it.
         *
         * @param info the whole {@code mesos.v1.ExecutorInfo}; null for one that was made for a command task
         */
        public record Executor(
                ExecutorId id,
                FrameworkId framework,
                String name,
                @Nullable Opaque info) {
            /** One that was made for a command task. */
            public Executor(ExecutorId id, FrameworkId framework, String name) {
                this(id, framework, name, null);
            }
        }
    }

    /** GET_CONTAINERS. */
    record Containers(List<Container> containers) implements AgentReply {
        public Containers {
            containers = List.copyOf(containers);
        }

        /**
         * One container.
         *
         * @param executor for a command task one that was made for it
         * @param source free text, may be empty
         * @param parent container of the executor that a task runs under; null for one of its own
         * @param use null when nothing is known of it
         */
        public record Container(
                FrameworkId framework,
                ExecutorId executor,
                String name,
                String source,
                Uuid id,
                @Nullable Uuid parent,
                @Nullable Use use) {}

        /**
         * What a container may use, and uses.
         *
         * @param at when that was measured, or asked
         * @param milliCpus that it may use
         * @param memBytes that it may use
         * @param diskBytes that it may keep in its sandbox
         * @param diskUsedBytes that it keeps there; null when it was not measured yet
         * @param volumes its persistent volumes
         * @param processes what they use
         */
        public record Use(
                Instant at,
                long milliCpus,
                long memBytes,
                long diskBytes,
                @Nullable Long diskUsedBytes,
                List<Volume> volumes,
                ProcessUse processes) {
            public Use {
                volumes = List.copyOf(volumes);
            }
        }

        /**
         * A persistent volume.
         *
         * @param volume the resource
         * @param bytes of its size
         * @param usedBytes in it; null when it was not measured yet
         */
        public record Volume(
                Resource volume, long bytes, @Nullable Long usedBytes) {}
    }

    /** GET_FRAMEWORKS: whole {@code mesos.v1.FrameworkInfo} messages. */
    record Frameworks(List<Opaque> frameworks, List<Opaque> completed) implements AgentReply {
        public Frameworks {
            frameworks = List.copyOf(frameworks);
            completed = List.copyOf(completed);
        }
    }

    /** GET_STATE. */
    record State(Tasks tasks, Executors executors, Frameworks frameworks) implements AgentReply {}

    /** GET_LOGGING_LEVEL: 0 is what the process was started with. */
    record LoggingLevel(long level) implements AgentReply {}

    /** GET_OPERATIONS: of resource providers, which no agent has; what an agent itself has to do is done at once. */
    record Operations() implements AgentReply {}

    /** GET_RESOURCE_PROVIDERS: no agent has any. */
    record ResourceProviders() implements AgentReply {}

    /** LIST_FILES. */
    record Files(List<File> files) implements AgentReply {
        public Files {
            files = List.copyOf(files);
        }

        /**
         * One file.
         *
         * @param mode type and permission bits
         */
        public record File(String path, int links, long size, Instant changed, int mode, String user, String group) {}
    }

    /** READ_FILE: the size of the whole file, and the part asked for. */
    record FilePart(long size, byte[] data) implements AgentReply {}
}
