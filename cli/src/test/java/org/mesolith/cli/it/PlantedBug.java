package org.mesolith.cli.it;

import static org.mesolith.cli.it.PlantedEdit.OURS;
import static org.mesolith.cli.it.PlantedEdit.answering;
import static org.mesolith.cli.it.PlantedEdit.body;
import static org.mesolith.cli.it.PlantedEdit.constant;
import static org.mesolith.cli.it.PlantedEdit.hearing;
import static org.mesolith.cli.it.PlantedEdit.instead;
import static org.mesolith.cli.it.PlantedEdit.keeping;
import static org.mesolith.cli.it.PlantedEdit.type;
import static org.mesolith.cli.it.PlantedEdit.without;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A mistake that somebody could make in the product, as changes of its compiled code. */
@SuppressWarnings("ImmutableEnumChecker") // The changes are functions without state in a list that cannot be changed.
enum PlantedBug {
    /** A linearizable read is answered from what the master has that was asked. */
    LOCAL_READ(in("http/Consistency", "age", answering(null))),

    /** A leader answers reads without asking whether there is a newer one. */
    DEPOSED_LEADER_ANSWERS(in("raft/StillLeading", "leadsIn", body(code -> {
        code.iconst_1();
        code.invokestatic(ConstantDescs.CD_Boolean, "valueOf", MethodTypeDesc.ofDescriptor("(Z)Ljava/lang/Boolean;"));
        code.invokestatic(
                type("java/util/concurrent/CompletableFuture"),
                "completedFuture",
                MethodTypeDesc.ofDescriptor("(Ljava/lang/Object;)Ljava/util/concurrent/CompletableFuture;"));
        code.areturn();
    }))),

    /** The place in the log is on the disk before the rows that belong to it, and not in one batch with them. */
    PLACE_APART_FROM_ROWS(in("store/RocksStore", "lambda$write$0", PlantedCode::placeApart)),

    /** The log is written and not synced when it is acknowledged: the kernel brings it to the disk some time later. */
    ACKNOWLEDGED_BEFORE_SYNC(new PlantedEdit(
            "org/apache/ratis/server/raftlog/segmented/BufferedWriteChannel",
            "flush",
            without("java/nio/channels/FileChannel", "force"))),

    /** An old copy of a member's disk is taken for its disk. */
    OLD_DISK_ACCEPTED(
            in("master/SelfCheck", "byRecord", answering(null)), in("master/SelfCheck", "byLog", answering(null))),

    /** A restored cluster goes on in the epoch of its backup. */
    EPOCH_NOT_RAISED(in("raft/RestoredGroup", "begin", PlantedCode::epochOfBefore)),

    /** That an agent is drained is known to the processes that saw it, and to no database. */
    DRAINED_IN_SOFT_STATE(in("statecodec/RowMapping", "write", hearing(OURS + "state/row/Drain", "drained", 0))),

    /** After a restart a master applies again what its database holds already. */
    APPLIED_TWICE(
            in(
                    "raft/RatisAdapter",
                    "getLatestSnapshot",
                    hearing(
                            "java/util/concurrent/atomic/AtomicReference",
                            "getAndSet",
                            (code, _) -> code.aconst_null())),
            in("raft/RatisAdapter", "applyTransaction", hearing(OURS + "raft/Replica", "applied", (code, _) -> {
                code.loadConstant(-1L);
                code.loadConstant(-1L);
                code.invokestatic(
                        type("org/apache/ratis/server/protocol/TermIndex"),
                        "valueOf",
                        MethodTypeDesc.ofDescriptor("(JJ)Lorg/apache/ratis/server/protocol/TermIndex;"),
                        true);
            })),
            in("raft/RatisAdapter", "decide", without(OURS + "raft/RatisAdapter", "updateLastAppliedTermIndex")),
            in("raft/Replica", "apply", without(OURS + "base/Check", "that"))),

    /** An agent obeys the orders of an older leader, and of another cluster. */
    NO_FENCE(in("agent/core/Identity", "judge", body(code -> {
        constant(code, OURS + "model/Fence$Verdict", "CURRENT");
        code.areturn();
    }))),

    /** A leader that leads again still has the offers of its last term. */
    OFFERS_KEPT(
            in("leader/offer/OfferBook", "<init>", keeping("byId", code -> PlantedCode.kept(code, "byId"))),
            in(
                    "leader/offer/OfferBook",
                    "<init>",
                    keeping("byFramework", code -> PlantedCode.kept(code, "byFramework"))),
            in("leader/offer/OfferBook", "<init>", keeping("byAgent", code -> PlantedCode.kept(code, "byAgent")))),

    /** A leader that leads no more goes on as if it did. */
    STEP_DOWN_IGNORED(in("leader/Leaders", "onStepDown", without(OURS + "base/EventQueue", "run"))),

    /** What agents have is offered again while it is offered. */
    OFFERED_TWICE(
            in("leader/offer/OfferBook", "add", without(OURS + "leader/offer/Supplies", "offered")),
            in("leader/offer/OfferBook", "remove", without(OURS + "leader/offer/Supplies", "returned"))),

    /** A declined offer stays declined for ever. */
    FILTER_LEAK(in("allocator/OfferFilters", "forget", answering(null))),

    /** A limit below what a role consumes is refused by the leader only: not by the rules, when it is applied. */
    QUOTA_ONLY_IN_LEADER(in("state/rules/QuotaRules", "update", without(OURS + "state/check/QuotaChecks", "consumed"))),

    /** The counter of agents' ids begins anew: who leaves gives its id to the next one who comes. */
    AGENT_ID_REUSED(in("state/rules/MintedIds", "agent", hearing(OURS + "state/row/Counters", "agents", 0L))),

    /** A reader of events that comes back is told the event again behind which it wants to go on. */
    TOKEN_OFF_BY_ONE(in("http/EventReader", "<init>", keeping("inclusive", CodeBuilder::iconst_1))),

    /** What changes is not told to readers of events. */
    EVENT_FORGOTTEN(in("state/rules/EventRules", "add", answering(null))),

    /** A framework is told of an update that no majority has written down yet. */
    FORWARDED_BEFORE_COMMIT(
            in("leader/task/TaskUpdates", "heard", PlantedCode::forwardedAtOnce),
            in("leader/task/TaskUpdates", "decided", instead("java/util/List", "of", PlantedCode::nothing))),

    /** An agent that was started again does not know which updates were acknowledged. */
    ACKNOWLEDGEMENT_FORGOTTEN(
            in("agent/core/StatusStream", "of", hearing(OURS + "agent/core/RunRecord$Progress", "acknowledged", 0))),

    /** An agent that was started again tells nothing more of the tasks it had. */
    UPDATES_LOST(in("agent/core/StatusStream", "of", hearing(OURS + "agent/core/RunRecord$Progress", "wanted", 0))),

    /** An agent that was started again starts its tasks again. */
    LAUNCHED_TWICE(in("agent/container/Containers", "adopt", body(PlantedCode::startedAgain))),

    /**
     * A leader that steps down says of waiting commands that they were not carried out, and keeps them; when it leads
     * again it proposes them, and nobody looks at the term in which that was decided.
     */
    PROPOSING_TERM_NOT_CHECKED(
            in("raft/Proposer", "drain", instead("java/util/concurrent/ArrayBlockingQueue", "drainTo", (code, _) -> {
                code.swap();
                code.invokeinterface(
                        type("java/util/Collection"),
                        "addAll",
                        MethodTypeDesc.ofDescriptor("(Ljava/util/Collection;)Z"));
            })),
            in(
                    "state/rules/StateMachine",
                    "refusedUnread",
                    instead(OURS + "state/Envelope", "proposingTerm", (code, _) -> {
                        code.pop();
                        code.aload(code.parameterSlot(1));
                        code.invokevirtual(type(OURS + "state/LogEntry"), "term", MethodTypeDesc.ofDescriptor("()J"));
                    }))),

    /** Nobody remembers under which key a call was made: made again, it is carried out again. */
    REQUEST_KEY_FORGOTTEN(in("state/rules/StateMachine", "completed", without(OURS + "state/Envelope", "requestKey"))),

    /** Each master asks its own clock while it applies a command. */
    CLOCK_IN_THE_RULES(in("state/rules/StateMachine", "later", body(code -> {
        code.invokestatic(type("java/time/Instant"), "now", MethodTypeDesc.ofDescriptor("()Ljava/time/Instant;"));
        code.areturn();
    }))),

    /** The second end of a task is told after the first one. */
    END_OVERWRITTEN(
            in("state/rules/TaskRules", "ofOneEnd", hearing(OURS + "state/row/TaskRow", "isTerminal", 0)),
            in("state/rules/TaskRules", "advanced", hearing(OURS + "state/row/TaskRow", "isTerminal", 0)),
            in("leader/task/TaskUpdates", "forward", hearing(OURS + "state/row/TaskRow", "isTerminal", 0))),

    /** The weights of all roles lie under one key of the database: what was loaded from it has one weight. */
    WEIGHTS_LOST(in("store/RowWriter", "write", instead(OURS + "store/Tables", "weight", (code, call) -> {
        code.pop();
        code.loadConstant("one");
        code.with(call);
    }))),

    /** An operator is told that a call was carried out when it is only on its way to the log. */
    ACKNOWLEDGED_BEFORE_APPLIED(in("leader/OperatorRoutes", "asked", PlantedCode::acknowledgedAtOnce)),

    /** What a task had used stays used when it has ended. */
    RESOURCES_LEAKED(in(
            "state/index/AgentUse", "changed", instead(OURS + "model/Resources", "without", (code, _) -> code.pop()))),

    /** Who asks about a task is told that it is lost. */
    RECONCILED_AS_LOST(in(
            "leader/task/TaskAnswers",
            "latest",
            hearing(
                    OURS + "state/row/TaskRow",
                    "reportedState",
                    (code, _) -> constant(code, OURS + "model/TaskState", "TASK_LOST"))));

    private final List<PlantedEdit> edits;

    PlantedBug(PlantedEdit... edits) {
        this.edits = List.of(edits);
    }

    /** As it is written on a command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The bug of this name. Fails with the names that there are. */
    static PlantedBug of(String word) {
        return Arrays.stream(values())
                .filter(bug -> bug.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no bug is called " + word + "; there are "
                        + Arrays.stream(values()).map(PlantedBug::word).collect(Collectors.joining(", "))));
    }

    /** What it changes. */
    List<PlantedEdit> edits() {
        return edits;
    }

    private static PlantedEdit in(String owner, String method, PlantedEdit.Change change) {
        return new PlantedEdit(OURS + owner, method, change);
    }
}
