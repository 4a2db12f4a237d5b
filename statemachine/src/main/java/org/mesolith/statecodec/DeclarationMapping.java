package org.mesolith.statecodec;

import java.util.TreeMap;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.Command;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.DeclarationCommand.Declare;
import org.mesolith.state.row.DeclarationRow;

/** Declarations, both ways: the commands and the rows. */
final class DeclarationMapping {
    private DeclarationMapping() {}

    static void write(Log.Logged.Builder logged, DeclarationCommand command) {
        switch (command) {
            case Declare declare -> {
                var written = Log.Declare.newBuilder().setName(declare.name()).setRevision(declare.revision());
                declare.changes().forEach(change -> written.addChanges(write(change)));
                switch (declare.kind()) {
                    case WEIGHTS -> logged.setDeclareWeights(written);
                    case RESERVATIONS -> logged.setDeclareReservations(written);
                    case QUOTAS -> logged.setDeclareQuotas(written);
                    case WINDOWS -> logged.setDeclareWindows(written);
                }
            }
        }
    }

    static Command read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case DECLARE_WEIGHTS -> read(logged.getDeclareWeights(), DeclaredKind.WEIGHTS);
            case DECLARE_RESERVATIONS -> read(logged.getDeclareReservations(), DeclaredKind.RESERVATIONS);
            case DECLARE_QUOTAS -> read(logged.getDeclareQuotas(), DeclaredKind.QUOTAS);
            case DECLARE_WINDOWS -> read(logged.getDeclareWindows(), DeclaredKind.WINDOWS);
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    private static Declare read(Log.Declare read, DeclaredKind kind) {
        return new Declare(
                read.getName(),
                kind,
                read.getRevision(),
                read.getChangesList().stream().map(DeclarationMapping::read).toList());
    }

    private static Log.Declare.Change write(DeclaredChange change) {
        var written = Log.Declare.Change.newBuilder();
        var seen = change.seen();
        if (seen != null) {
            written.setSeen(write(seen));
        }
        var wanted = change.wanted();
        if (wanted != null) {
            written.setWanted(write(wanted));
        }
        return written.build();
    }

    private static DeclaredChange read(Log.Declare.Change change) {
        return new DeclaredChange(
                change.hasSeen() ? read(change.getSeen()) : null, change.hasWanted() ? read(change.getWanted()) : null);
    }

    private static Rows.Declarable write(Declarable object) {
        var written = Rows.Declarable.newBuilder();
        switch (object) {
            case Declarable.OfWeight(var weight) -> written.setWeight(Values.weight(weight));
            case Declarable.OfQuota(var quota) -> written.setQuota(PlanMapping.write(quota));
            case Declarable.OfWindow(var window) -> written.setWindow(PlanMapping.write(window));
            case Declarable.OfReservation(var agent, var stack, var amounts) ->
                written.setReservation(Rows.DeclaredReservation.newBuilder()
                        .setAgent(agent.value())
                        .addAllStack(stack.stream().map(ResourceMapping::write).toList())
                        .setAmounts(ResourceMapping.write(amounts)));
        }
        return written.build();
    }

    private static Declarable read(Rows.Declarable object) {
        return switch (object.getObjectCase()) {
            case WEIGHT -> new Declarable.OfWeight(Values.weight(object.getWeight()));
            case QUOTA -> new Declarable.OfQuota(PlanMapping.read(object.getQuota()));
            case WINDOW -> new Declarable.OfWindow(PlanMapping.read(object.getWindow()));
            case RESERVATION -> {
                var read = object.getReservation();
                yield new Declarable.OfReservation(
                        new AgentId(read.getAgent()),
                        read.getStackList().stream().map(ResourceMapping::read).toList(),
                        ResourceMapping.read(read.getAmounts()));
            }
            case OBJECT_NOT_SET -> throw new UnknownFormatException("declared object of an unknown kind");
        };
    }

    static Rows.Declaration write(DeclarationRow row) {
        var written = Rows.Declaration.newBuilder()
                .setName(row.name())
                .setKind(row.kind().number())
                .setRevision(row.revision())
                .setAt(Values.time(row.at()))
                .setPrincipal(row.principal());
        row.objects()
                .forEach((key, content) ->
                        written.addObjectsBuilder().setKey(key).setContent(content));
        return written.build();
    }

    static DeclarationRow read(Rows.Declaration read) {
        var objects = new TreeMap<String, String>();
        read.getObjectsList().forEach(object -> objects.put(object.getKey(), object.getContent()));
        return new DeclarationRow(
                read.getName(),
                Values.known(DeclaredKind.of(read.getKind()), "kind of declared objects", read.getKind()),
                read.getRevision(),
                Values.time(read.getAt()),
                read.getPrincipal(),
                objects);
    }
}
