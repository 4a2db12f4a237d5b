package org.mesolith.state;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;

/** What the caller of an accepted command must learn. */
public sealed interface Result {
    /** Nothing more than that it is done. */
    Result NONE = new None();

    /** See {@link #NONE}. */
    record None() implements Result {}

    /** The agent's id; {@code returned}: it was known before. */
    record AgentAdmitted(AgentId agent, boolean returned) implements Result {}

    /** The framework's id; {@code returned}: it was known before. */
    record FrameworkSubscribed(FrameworkId framework, boolean returned) implements Result {}

    /** The number of the plan that was made. */
    record DrainPlanned(long plan) implements Result {}

    /** One outcome for each operation, in the order of the command. */
    record OffersAccepted(List<OperationOutcome> operations) implements Result {
        public OffersAccepted {
            operations = List.copyOf(operations);
        }
    }

    /** What became of one operation. */
    sealed interface OperationOutcome {
        /** A launch: an outcome for each task, in order. */
        record Launched(List<TaskOutcome> tasks) implements OperationOutcome {
            public Launched {
                tasks = List.copyOf(tasks);
            }
        }

        /** The resources were converted. */
        record Performed() implements OperationOutcome {}

        /** The operation was not performed; the sentence says why. */
        record Failed(String message) implements OperationOutcome {}
    }

    /** What became of one task of a launch. */
    sealed interface TaskOutcome {
        TaskId task();

        /** The task is promised: it runs, or ends in a terminal update. */
        record Started(TaskId task) implements TaskOutcome {}

        /** The task will not run; the framework is told this status. No row was made. */
        record Refused(TaskId task, TaskState state, StatusReason reason, String message) implements TaskOutcome {}
    }

    /** One verdict for each update, in the order of the command. */
    record TasksUpdated(List<UpdateVerdict> verdicts) implements Result {
        public TasksUpdated {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** What became of an update. The numbers are part of the stored format. */
    enum UpdateVerdict {
        /** Applied: forward it. */
        APPLIED(1),
        /** The same update (uuid) was applied before: forward it again, nothing changed. */
        REPEATED(2),
        /** There is no such task: the framework may still want to know. */
        TASK_UNKNOWN(3),
        /** There is no such framework: acknowledge it to the agent and have it end the framework. */
        FRAMEWORK_UNKNOWN(4),
        /** The task runs elsewhere or again: the report belongs to an older run. Acknowledge it to the agent. */
        OTHER_RUN(5),
        /** The agent is not registered: drop it. */
        AGENT_UNKNOWN(6);

        private final int number;

        UpdateVerdict(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** One verdict for each acknowledgement, in the order of the command. */
    record TasksAcknowledged(List<AcknowledgeVerdict> verdicts) implements Result {
        public TasksAcknowledged {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** What became of an acknowledgement. The numbers are part of the stored format. */
    enum AcknowledgeVerdict {
        /** The task goes on. */
        ACKNOWLEDGED(1),
        /** It was the terminal update: the task is completed. */
        COMPLETED(2),
        /** There is no such task (any more). */
        TASK_UNKNOWN(3),
        /** Another update is the newest. */
        OTHER_UPDATE(4);

        private final int number;

        AcknowledgeVerdict(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /**
     * What this member found when it compared fingerprints.
     *
     * @param own this member's note of the check before, 0 when it has none
     * @param leaders what the leader noted there
     */
    record DigestChecked(Verdict verdict, Position noted, long own, long leaders) implements Result {
        /** How the two notes stand to each other. The numbers are part of the stored format. */
        public enum Verdict {
            AGREES(1),
            /** This member's registry is not the leader's: raise the alarm. */
            DIFFERS(2),
            /** Nothing to compare: the first check, or this member has no note of that place. */
            NOT_COMPARED(3);

            private final int number;

            Verdict(int number) {
                this.number = number;
            }

            public int number() {
                return number;
            }
        }
    }
}
