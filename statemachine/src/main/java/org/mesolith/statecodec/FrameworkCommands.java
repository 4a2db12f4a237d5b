package org.mesolith.statecodec;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferId;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.FrameworkCommand.DisconnectFramework;
import org.mesolith.state.FrameworkCommand.SubscribeFramework;
import org.mesolith.state.FrameworkCommand.TearDownFramework;
import org.mesolith.state.FrameworkCommand.TimeOutFramework;
import org.mesolith.state.FrameworkCommand.UpdateFramework;

/** Commands about frameworks, both ways. */
final class FrameworkCommands {
    private FrameworkCommands() {}

    static void write(Log.Logged.Builder logged, FrameworkCommand command) {
        switch (command) {
            case SubscribeFramework(var id, var info) -> {
                var written = Log.SubscribeFramework.newBuilder().setInfo(InfoMapping.write(info));
                if (id != null) {
                    written.setId(id.value());
                }
                logged.setSubscribeFramework(written);
            }
            case UpdateFramework(var framework, var info) ->
                logged.setUpdateFramework(Log.UpdateFramework.newBuilder()
                        .setFramework(framework.value())
                        .setInfo(InfoMapping.write(info)));
            case DisconnectFramework(var framework, var since) ->
                logged.setDisconnectFramework(Log.DisconnectFramework.newBuilder()
                        .setFramework(framework.value())
                        .setSince(Values.time(since)));
            case TimeOutFramework(var framework, var since) ->
                logged.setTimeOutFramework(Log.TimeOutFramework.newBuilder()
                        .setFramework(framework.value())
                        .setDisconnectedSince(Values.time(since)));
            case TearDownFramework(var framework) ->
                logged.setTearDownFramework(Log.TearDownFramework.newBuilder().setFramework(framework.value()));
            case AcceptOffers accept -> logged.setAcceptOffers(write(accept));
        }
    }

    static FrameworkCommand read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case SUBSCRIBE_FRAMEWORK -> {
                var read = logged.getSubscribeFramework();
                yield new SubscribeFramework(
                        read.hasId() ? new FrameworkId(read.getId()) : null, InfoMapping.read(read.getInfo()));
            }
            case UPDATE_FRAMEWORK ->
                new UpdateFramework(
                        new FrameworkId(logged.getUpdateFramework().getFramework()),
                        InfoMapping.read(logged.getUpdateFramework().getInfo()));
            case DISCONNECT_FRAMEWORK ->
                new DisconnectFramework(
                        new FrameworkId(logged.getDisconnectFramework().getFramework()),
                        Values.time(logged.getDisconnectFramework().getSince()));
            case TIME_OUT_FRAMEWORK ->
                new TimeOutFramework(
                        new FrameworkId(logged.getTimeOutFramework().getFramework()),
                        Values.time(logged.getTimeOutFramework().getDisconnectedSince()));
            case TEAR_DOWN_FRAMEWORK ->
                new TearDownFramework(
                        new FrameworkId(logged.getTearDownFramework().getFramework()));
            case ACCEPT_OFFERS -> read(logged.getAcceptOffers());
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    private static Log.AcceptOffers write(AcceptOffers accept) {
        var written = Log.AcceptOffers.newBuilder()
                .setFramework(accept.framework().value())
                .setAgent(accept.agent().value())
                .setRole(accept.role())
                .setOffered(ResourceMapping.write(accept.offered()));
        accept.offers().forEach(offer -> written.addOffers(offer.value()));
        accept.operations().forEach(operation -> written.addOperations(OperationMapping.write(operation)));
        return written.build();
    }

    private static AcceptOffers read(Log.AcceptOffers accept) {
        return new AcceptOffers(
                new FrameworkId(accept.getFramework()),
                new AgentId(accept.getAgent()),
                accept.getRole(),
                ResourceMapping.read(accept.getOffered()),
                accept.getOffersList().stream().map(OfferId::new).toList(),
                accept.getOperationsList().stream().map(OperationMapping::read).toList());
    }
}
