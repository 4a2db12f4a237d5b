package org.mesolith.api;

import java.time.Instant;
import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Opaque;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.Weight;

/** What an operator's read is answered with (mesos.v1.master.Response). */
public sealed interface OperatorReply {
    /** GET_HEALTH. */
    record Health(boolean healthy) implements OperatorReply {}

    /** GET_FLAGS: name and value as text, sorted by name. */
    record Flags(List<Flag> flags) implements OperatorReply {
        public Flags {
            flags = List.copyOf(flags);
        }

        /** One setting; a secret shows as stars. */
        public record Flag(String name, String value) {}
    }

    /** GET_VERSION; nothing of when and by whom it was built, so that equal sources make equal bytes. */
    record Version(String version) implements OperatorReply {}

    /** GET_LOGGING_LEVEL: 0 is what the process was started with. */
    record LoggingLevel(long level) implements OperatorReply {}

    /** LIST_FILES. */
    record Files(List<AgentReply.Files.File> files) implements OperatorReply {
        public Files {
            files = List.copyOf(files);
        }
    }

    /** READ_FILE. */
    record FilePart(AgentReply.FilePart part) implements OperatorReply {}

    /** GET_METRICS. */
    record Metrics(List<Metric> metrics) implements OperatorReply {
        public Metrics {
            metrics = List.copyOf(metrics);
        }

        /** One number. */
        public record Metric(String name, double value) {}
    }

    /** GET_MASTER. */
    record Master(MasterInfo info, Instant started, Instant elected) implements OperatorReply {}

    /** GET_AGENTS: registered ones, and those not heard since the leader changed. */
    record Agents(List<AgentView> agents, List<AgentInfoOf> recovered) implements OperatorReply {
        public Agents {
            agents = List.copyOf(agents);
            recovered = List.copyOf(recovered);
        }

        /** An agent that is only known from the registry. */
        public record AgentInfoOf(AgentId id, AgentInfo info) {}
    }

    /** GET_FRAMEWORKS. */
    record Frameworks(List<FrameworkView> frameworks, List<FrameworkView> completed) implements OperatorReply {
        public Frameworks {
            frameworks = List.copyOf(frameworks);
            completed = List.copyOf(completed);
        }
    }

    /** GET_TASKS. */
    record Tasks(List<TaskView> active, List<TaskView> unreachable, List<TaskView> completed) implements OperatorReply {
        public Tasks {
            active = List.copyOf(active);
            unreachable = List.copyOf(unreachable);
            completed = List.copyOf(completed);
        }
    }

    /** GET_EXECUTORS: those that run, but for those that agents make for command tasks. */
    record Executors(List<Executor> executors) implements OperatorReply {
        /** None. */
        public static final Executors NONE = new Executors(List.of());

        public Executors {
            executors = List.copyOf(executors);
        }

        /** One executor: the whole {@code mesos.v1.ExecutorInfo}. */
        public record Executor(FrameworkId framework, AgentId agent, Opaque info) {}
    }

    /** GET_STATE. */
    record State(Tasks tasks, Executors executors, Frameworks frameworks, Agents agents) implements OperatorReply {
        /** Without executors. */
        public State(Tasks tasks, Frameworks frameworks, Agents agents) {
            this(tasks, Executors.NONE, frameworks, agents);
        }
    }

    /** GET_ROLES: every known role and its ancestors. */
    record Roles(List<RoleView> roles) implements OperatorReply {
        public Roles {
            roles = List.copyOf(roles);
        }

        /**
         * One role.
         *
         * @param resources what is allocated or offered to it
         * @param sums the same and more, with all roles below it
         */
        public record RoleView(
                String name, Weight weight, List<FrameworkId> frameworks, Resources resources, Sums sums) {
            public RoleView {
                frameworks = List.copyOf(frameworks);
            }
        }

        /**
         * Scalars of a role and of all roles below it.
         *
         * @param quota of the role itself
         * @param consumed of its quota: reservations, used or not, and what tasks use of what nobody reserved
         */
        public record Sums(
                Quota quota, Quantities consumed, Quantities allocated, Quantities offered, Quantities reserved) {
            /** A role that has nothing. */
            public static Sums none(String role) {
                return new Sums(Quota.none(role), Quantities.NONE, Quantities.NONE, Quantities.NONE, Quantities.NONE);
            }
        }
    }

    /** GET_WEIGHTS: those that were set. */
    record Weights(List<Weight> weights) implements OperatorReply {
        public Weights {
            weights = List.copyOf(weights);
        }
    }

    /** GET_QUOTA: those that are not none, by role. */
    record Quotas(List<Quota> quotas) implements OperatorReply {
        public Quotas {
            quotas = List.copyOf(quotas);
        }
    }

    /** GET_MAINTENANCE_SCHEDULE. */
    record Schedule(List<MaintenanceWindow> windows) implements OperatorReply {
        public Schedule {
            windows = List.copyOf(windows);
        }
    }

    /** GET_MAINTENANCE_STATUS. */
    record Maintenance(List<Draining> draining, List<MachineId> down) implements OperatorReply {
        public Maintenance {
            draining = List.copyOf(draining);
            down = List.copyOf(down);
        }

        /** A machine that will be taken down, and what frameworks answered when they were asked to leave it. */
        public record Draining(MachineId machine, List<Answer> answers) {
            public Draining {
                answers = List.copyOf(answers);
            }
        }

        /** The newest answer of one framework about one agent; {@code accepted}: it will leave. */
        public record Answer(FrameworkId framework, AgentId agent, boolean accepted, Instant at) {}
    }

    /** GET_OPERATIONS: those whose end is not acknowledged. */
    record Operations(List<OperationView> operations) implements OperatorReply {
        public Operations {
            operations = List.copyOf(operations);
        }
    }
}
