package org.mesolith.statecodec;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.Result;
import org.mesolith.state.Result.AcknowledgeVerdict;
import org.mesolith.state.Result.DigestChecked;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.Result.UpdateVerdict;

/** What callers learned, both ways. */
final class ResultMapping {
    private ResultMapping() {}

    static Rows.Result write(Result result) {
        var written = Rows.Result.newBuilder();
        return switch (result) {
            case Result.None _ ->
                written.setNone(Rows.Result.None.getDefaultInstance()).build();
            case Result.AgentAdmitted(var agent, boolean returned) ->
                written.setAgentAdmitted(Rows.Result.AgentAdmitted.newBuilder()
                                .setAgent(agent.value())
                                .setReturned(returned))
                        .build();
            case Result.FrameworkSubscribed(var framework, boolean returned) ->
                written.setFrameworkSubscribed(Rows.Result.FrameworkSubscribed.newBuilder()
                                .setFramework(framework.value())
                                .setReturned(returned))
                        .build();
            case Result.DrainPlanned(long plan) ->
                written.setDrainPlanned(Rows.Result.DrainPlanned.newBuilder().setPlan(plan))
                        .build();
            case Result.OffersAccepted(var operations) -> {
                var accepted = Rows.Result.OffersAccepted.newBuilder();
                operations.forEach(operation -> accepted.addOperations(write(operation)));
                yield written.setOffersAccepted(accepted).build();
            }
            case Result.TasksUpdated(var verdicts) ->
                written.setTasksUpdated(Rows.Result.Verdicts.newBuilder()
                                .addAllNumbers(verdicts.stream()
                                        .map(UpdateVerdict::number)
                                        .toList()))
                        .build();
            case Result.TasksAcknowledged(var verdicts) ->
                written.setTasksAcknowledged(Rows.Result.Verdicts.newBuilder()
                                .addAllNumbers(verdicts.stream()
                                        .map(AcknowledgeVerdict::number)
                                        .toList()))
                        .build();
            case DigestChecked(var verdict, var noted, long own, long leaders) ->
                written.setDigestChecked(Rows.Result.DigestChecked.newBuilder()
                                .setVerdict(verdict.number())
                                .setNoted(Values.position(noted))
                                .setOwn(own)
                                .setLeaders(leaders))
                        .build();
        };
    }

    static Result read(Rows.Result result) {
        return switch (result.getResultCase()) {
            case NONE -> Result.NONE;
            case AGENT_ADMITTED ->
                new Result.AgentAdmitted(
                        new AgentId(result.getAgentAdmitted().getAgent()),
                        result.getAgentAdmitted().getReturned());
            case FRAMEWORK_SUBSCRIBED ->
                new Result.FrameworkSubscribed(
                        new FrameworkId(result.getFrameworkSubscribed().getFramework()),
                        result.getFrameworkSubscribed().getReturned());
            case DRAIN_PLANNED ->
                new Result.DrainPlanned(result.getDrainPlanned().getPlan());
            case OFFERS_ACCEPTED ->
                new Result.OffersAccepted(result.getOffersAccepted().getOperationsList().stream()
                        .map(ResultMapping::read)
                        .toList());
            case TASKS_UPDATED ->
                new Result.TasksUpdated(result.getTasksUpdated().getNumbersList().stream()
                        .map(ResultMapping::updateVerdict)
                        .toList());
            case TASKS_ACKNOWLEDGED ->
                new Result.TasksAcknowledged(result.getTasksAcknowledged().getNumbersList().stream()
                        .map(ResultMapping::acknowledgeVerdict)
                        .toList());
            case DIGEST_CHECKED -> {
                var read = result.getDigestChecked();
                yield new DigestChecked(
                        digestVerdict(read.getVerdict()),
                        Values.position(read.getNoted()),
                        read.getOwn(),
                        read.getLeaders());
            }
            case RESULT_NOT_SET -> throw new UnknownFormatException("result of an unknown kind");
        };
    }

    private static Rows.Result.Operation write(OperationOutcome outcome) {
        return switch (outcome) {
            case OperationOutcome.Failed(var message) ->
                Rows.Result.Operation.newBuilder().setFailed(message).build();
            case OperationOutcome.Performed() ->
                Rows.Result.Operation.newBuilder()
                        .setPerformed(Rows.Result.None.getDefaultInstance())
                        .build();
            case OperationOutcome.Launched(var tasks) ->
                Rows.Result.Operation.newBuilder()
                        .setLaunched(Rows.Result.Launched.newBuilder()
                                .addAllTasks(
                                        tasks.stream().map(ResultMapping::write).toList()))
                        .build();
        };
    }

    private static OperationOutcome read(Rows.Result.Operation outcome) {
        return switch (outcome.getOutcomeCase()) {
            case FAILED -> new OperationOutcome.Failed(outcome.getFailed());
            case LAUNCHED ->
                new OperationOutcome.Launched(read(outcome.getLaunched().getTasksList()));
            case PERFORMED -> new OperationOutcome.Performed();
            case OUTCOME_NOT_SET -> throw new UnknownFormatException("outcome of an unknown kind");
        };
    }

    private static List<TaskOutcome> read(List<Rows.Result.Task> tasks) {
        return tasks.stream().map(ResultMapping::read).toList();
    }

    private static Rows.Result.Task write(TaskOutcome outcome) {
        var written = Rows.Result.Task.newBuilder().setTask(outcome.task().value());
        if (outcome instanceof TaskOutcome.Refused(var _, var state, var reason, var message)) {
            written.setRefused(Rows.Result.Refused.newBuilder()
                    .setState(state.number())
                    .setReason(reason.number())
                    .setMessage(message));
        }
        return written.build();
    }

    private static TaskOutcome read(Rows.Result.Task outcome) {
        var task = new TaskId(outcome.getTask());
        if (!outcome.hasRefused()) {
            return new TaskOutcome.Started(task);
        }
        var refused = outcome.getRefused();
        return new TaskOutcome.Refused(
                task, Values.state(refused.getState()), Values.reason(refused.getReason()), refused.getMessage());
    }

    private static UpdateVerdict updateVerdict(int number) {
        for (var verdict : UpdateVerdict.values()) {
            if (verdict.number() == number) {
                return verdict;
            }
        }
        throw new UnknownFormatException("verdict " + number + " on a task update");
    }

    private static AcknowledgeVerdict acknowledgeVerdict(int number) {
        for (var verdict : AcknowledgeVerdict.values()) {
            if (verdict.number() == number) {
                return verdict;
            }
        }
        throw new UnknownFormatException("verdict " + number + " on an acknowledgement");
    }

    private static DigestChecked.Verdict digestVerdict(int number) {
        for (var verdict : DigestChecked.Verdict.values()) {
            if (verdict.number() == number) {
                return verdict;
            }
        }
        throw new UnknownFormatException("verdict " + number + " of a digest check");
    }
}
