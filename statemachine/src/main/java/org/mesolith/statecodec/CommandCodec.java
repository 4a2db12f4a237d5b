package org.mesolith.statecodec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.proto.gen.log.Log.Logged.CommandCase;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.Envelope;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.Origin;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;

/** A command with its envelope as bytes. */
public final class CommandCodec {
    private CommandCodec() {}

    public static byte[] encode(Envelope envelope, Command command) {
        var logged = Log.Logged.newBuilder().setEnvelope(envelope(envelope));
        switch (command) {
            case AgentCommand agent -> AgentCommands.write(logged, agent);
            case FrameworkCommand framework -> FrameworkCommands.write(logged, framework);
            case TaskCommand task -> TaskCommands.write(logged, task);
            case ReservationCommand reservation -> PlanCommands.write(logged, reservation);
            case QuotaCommand quota -> PlanCommands.write(logged, quota);
            case MaintenanceCommand maintenance -> PlanCommands.write(logged, maintenance);
            case SystemCommand system -> SystemCommands.write(logged, system);
            case MembershipCommand membership -> MembershipCommands.write(logged, membership);
            case DeclarationCommand declaration -> DeclarationMapping.write(logged, declaration);
        }
        return logged.build().toByteArray();
    }

    /**
     * @throws UnknownFormatException when a newer software wrote it
     * @throws MalformedBytesException when nobody wrote it
     */
    public static LoggedCommand decode(byte[] bytes) {
        return decode(ByteString.copyFrom(bytes));
    }

    static LoggedCommand decode(ByteString bytes) {
        try {
            var logged = Log.Logged.parseFrom(bytes);
            if (logged.getCommandCase() == CommandCase.COMMAND_NOT_SET) {
                throw new UnknownFormatException("command of kind " + kinds(logged));
            }
            KnownFields.check("command " + logged.getCommandCase(), logged);
            return new LoggedCommand(envelope(logged.getEnvelope()), command(logged));
        } catch (InvalidProtocolBufferException malformed) {
            throw new MalformedBytesException("command of " + bytes.size() + " bytes", malformed);
        } catch (IllegalArgumentException malformed) {
            // The constructors of the domain's values refuse what is not valid.
            throw new MalformedBytesException("command of " + bytes.size() + " bytes", malformed);
        }
    }

    private static String kinds(Message logged) {
        return logged.getUnknownFields().asMap().keySet().toString();
    }

    private static Command command(Log.Logged logged) {
        int number = logged.getCommandCase().getNumber();
        if (number < Log.Logged.SUBSCRIBE_FRAMEWORK_FIELD_NUMBER) {
            return AgentCommands.read(logged);
        }
        if (number < Log.Logged.UPDATE_TASKS_FIELD_NUMBER) {
            return FrameworkCommands.read(logged);
        }
        if (number < Log.Logged.OPERATE_AGENT_FIELD_NUMBER) {
            return TaskCommands.read(logged);
        }
        if (number < Log.Logged.INIT_CLUSTER_FIELD_NUMBER) {
            return PlanCommands.read(logged);
        }
        if (number >= Log.Logged.NOTE_RESERVATIONS_FIELD_NUMBER) {
            return ReservationCommands.read(logged);
        }
        if (number < Log.Logged.ADD_JOIN_TOKEN_FIELD_NUMBER) {
            return SystemCommands.read(logged);
        }
        return number < Log.Logged.DECLARE_WEIGHTS_FIELD_NUMBER
                ? MembershipCommands.read(logged)
                : DeclarationMapping.read(logged);
    }

    private static Log.Envelope envelope(Envelope envelope) {
        var written = Log.Envelope.newBuilder()
                .setActorKind(envelope.actor().kind().number())
                .setActorId(envelope.actor().id())
                .setOrigin(envelope.origin().number())
                .setProposedAt(Values.time(envelope.proposedAt()))
                .setProposingTerm(envelope.proposingTerm())
                .setAddress(envelope.actor().address());
        var principal = envelope.actor().principal();
        if (principal != null) {
            written.setPrincipal(principal);
        }
        var key = envelope.requestKey();
        if (key != null) {
            written.setRequestKey(Values.requestKey(key));
        }
        return written.build();
    }

    /** Actor and origin decide nothing, so an unknown one of them does no harm. */
    private static Envelope envelope(Log.Envelope read) {
        return new Envelope(
                new Actor(
                        Actor.Kind.of(read.getActorKind()),
                        read.getActorId(),
                        read.hasPrincipal() ? read.getPrincipal() : null,
                        read.getAddress()),
                Origin.of(read.getOrigin()),
                read.hasRequestKey() ? Values.requestKey(read.getRequestKey()) : null,
                Values.time(read.getProposedAt()),
                read.getProposingTerm());
    }
}
