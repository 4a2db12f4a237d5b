package org.mesolith.cli.it;

import static org.mesolith.cli.it.PlantedEdit.OURS;
import static org.mesolith.cli.it.PlantedEdit.instead;
import static org.mesolith.cli.it.PlantedEdit.type;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** The planted code that takes more than a line. */
final class PlantedCode {
    private static final String BYTES = "[B";

    private PlantedCode() {}

    /** A map of this process that outlives whoever keeps it in this field. */
    static void kept(CodeBuilder code, String field) {
        code.loadConstant(field);
        code.invokestatic(
                type(OURS + "cli/it/PlantedBugs"), "kept", signature("java/util/SortedMap", "java/lang/String"));
    }

    /** Writes the place with the database's own log, which is the first to be on the disk; the rows come behind it. */
    static CodeTransform placeApart(MethodModel method, Runnable found) {
        String handles = OURS + "store/RocksHandles";
        String family = "org/rocksdb/ColumnFamilyHandle";
        String options = "org/rocksdb/WriteOptions";
        int open = slot(method, "open");
        return instead("org/rocksdb/WriteBatch", "put", (code, _) -> {
                    int value = code.allocateLocal(TypeKind.REFERENCE);
                    int key = code.allocateLocal(TypeKind.REFERENCE);
                    code.astore(value).astore(key).pop().pop();
                    code.aload(open).invokevirtual(type(handles), "database", signature("org/rocksdb/RocksDB"));
                    code.aload(open).invokevirtual(type(handles), "rows", signature(family));
                    code.new_(type(options)).dup();
                    code.invokespecial(type(options), ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                    code.aload(key).aload(value);
                    code.invokevirtual(
                            type("org/rocksdb/RocksDB"), "put", signature("V", family, options, BYTES, BYTES));
                })
                .of(method, found);
    }

    /** The row of the restored cluster is made with the epoch of the row before it. */
    static CodeTransform epochOfBefore(MethodModel method, Runnable found) {
        String cluster = OURS + "state/row/ClusterRow";
        int before = slot(method, "old");
        return instead(cluster, ConstantDescs.INIT_NAME, (code, call) -> {
                    int needs = code.allocateLocal(TypeKind.REFERENCE);
                    int level = code.allocateLocal(TypeKind.INT);
                    int epochId = code.allocateLocal(TypeKind.LONG);
                    code.astore(needs).istore(level).lstore(epochId).pop2();
                    code.aload(before).invokevirtual(type(cluster), "epoch", signature("J"));
                    code.lload(epochId).iload(level).aload(needs);
                    code.with(call);
                })
                .of(method, found);
    }

    /** Answers behind everything that is begun for the call; what is answered later comes too late to be heard. */
    static CodeTransform acknowledgedAtOnce(MethodModel method, Runnable found) {
        String asked = OURS + "leader/event/LeaderEvent$OperatorAsked";
        String request = OURS + "leader/event/RequestId";
        String answer = OURS + "leader/event/Effect$Answer";
        String done = OURS + "leader/event/Reply$Done";
        return instead(OURS + "leader/OperatorRoutes", "fresh", (code, call) -> {
                    int effects = code.allocateLocal(TypeKind.REFERENCE);
                    code.with(call).astore(effects);
                    code.new_(type("java/util/ArrayList")).dup().aload(effects);
                    code.invokespecial(
                            type("java/util/ArrayList"),
                            ConstantDescs.INIT_NAME,
                            signature("V", "java/util/Collection"));
                    code.dup();
                    code.new_(type(answer)).dup();
                    code.aload(code.parameterSlot(0)).invokevirtual(type(asked), "request", signature(request));
                    code.new_(type(done)).dup();
                    code.invokespecial(type(done), ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                    code.invokespecial(
                            type(answer),
                            ConstantDescs.INIT_NAME,
                            signature("V", request, OURS + "leader/event/Reply"));
                    code.invokevirtual(type("java/util/ArrayList"), "add", signature("Z", "java/lang/Object"));
                    code.pop();
                })
                .of(method, found);
    }

    /** Tells the framework before the update is taken down. */
    static CodeTransform forwardedAtOnce(MethodModel method, Runnable found) {
        String update = OURS + "state/TaskCommand$UpdateTasks$Update";
        String raise = OURS + "leader/event/Effect$Raise";
        String tell = OURS + "leader/event/LeaderEvent$Tell";
        String event = OURS + "api/SchedulerEvent$Update";
        int effects = slot(method, "effects");
        return instead(OURS + "leader/task/TaskUpdates", "take", (code, call) -> {
                    int data = code.allocateLocal(TypeKind.REFERENCE);
                    int told = code.allocateLocal(TypeKind.REFERENCE);
                    code.astore(data).astore(told).pop();
                    code.aload(effects);
                    code.new_(type(raise)).dup();
                    code.new_(type(tell)).dup();
                    code.aload(told).invokevirtual(type(update), "framework", signature(OURS + "model/FrameworkId"));
                    code.new_(type(event)).dup();
                    code.aload(told).invokevirtual(type(update), "status", signature(OURS + "model/TaskStatus"));
                    code.aload(data);
                    code.invokespecial(
                            type(event), ConstantDescs.INIT_NAME, signature("V", OURS + "model/TaskStatus", BYTES));
                    code.invokespecial(
                            type(tell),
                            ConstantDescs.INIT_NAME,
                            signature("V", OURS + "model/FrameworkId", OURS + "api/SchedulerEvent"));
                    code.invokespecial(
                            type(raise), ConstantDescs.INIT_NAME, signature("V", OURS + "leader/event/LeaderEvent"));
                    code.invokevirtual(type("java/util/ArrayList"), "add", signature("Z", "java/lang/Object"));
                    code.pop();
                    code.aload(code.receiverSlot()).aload(told).aload(data);
                    code.with(call);
                })
                .of(method, found);
    }

    /** A list of one becomes an empty one. */
    static void nothing(CodeBuilder code, InvokeInstruction call) {
        if (call.typeSymbol().parameterCount() == 1) {
            code.pop();
            code.invokestatic(ConstantDescs.CD_List, "of", signature("java/util/List"), true);
        } else {
            code.with(call);
        }
    }

    /** Forgets that the task was started, starts it, and watches it. */
    static void startedAgain(CodeBuilder code) {
        String containers = OURS + "agent/container/Containers";
        String adopt = OURS + "agent/core/AgentEffect$Adopt";
        String uuid = OURS + "model/Uuid";
        String run = OURS + "agent/core/RunId";
        String path = "java/nio/file/Path";
        int order = code.parameterSlot(0);
        for (String[] step : new String[][] {{"marks", "Marks", "remove"}, {"shim", "Shim", "start"}}) {
            String owner = OURS + "agent/container/" + step[1];
            code.aload(code.receiverSlot()).getfield(type(containers), step[0], type(owner));
            code.aload(order).invokevirtual(type(adopt), "container", signature(uuid));
            code.invokevirtual(type(owner), step[2], signature("V", uuid));
        }
        String watch = OURS + "agent/container/Watch";
        code.aload(code.receiverSlot()).getfield(type(containers), "watch", type(watch));
        code.aload(order).invokevirtual(type(adopt), "run", signature(run));
        code.aload(order).invokevirtual(type(adopt), "container", signature(uuid));
        String sandboxes = OURS + "agent/container/Sandboxes";
        code.aload(code.receiverSlot()).getfield(type(containers), "sandboxes", type(sandboxes));
        code.aload(order);
        code.invokevirtual(type(sandboxes), "of", signature(path, OURS + "agent/core/AgentEffect$Placed"));
        code.invokevirtual(type(watch), "add", signature("V", run, uuid, path));
        code.return_();
    }

    /** A method's type; classes as {@code org/mesolith/...}, anything shorter than that as the JVM writes it. */
    private static MethodTypeDesc signature(String answer, String... arguments) {
        var text = new StringBuilder("(");
        for (String argument : arguments) {
            text.append(descriptor(argument));
        }
        return MethodTypeDesc.ofDescriptor(text + ")" + descriptor(answer));
    }

    private static String descriptor(String type) {
        return type.contains("/") ? "L" + type + ";" : type;
    }

    /** Where the method keeps this variable. */
    private static int slot(MethodModel method, String variable) {
        return method.code()
                .orElseThrow()
                .elementStream()
                .filter(LocalVariable.class::isInstance)
                .map(LocalVariable.class::cast)
                .filter(local -> local.name().equalsString(variable))
                .mapToInt(LocalVariable::slot)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        method.methodName() + " has no variable " + variable + " any more; plant the bug anew"));
    }
}
