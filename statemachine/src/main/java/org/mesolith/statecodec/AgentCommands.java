package org.mesolith.statecodec;

import org.mesolith.model.AgentId;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.AgentCommand.AdmitAgent;
import org.mesolith.state.AgentCommand.DeactivateAgent;
import org.mesolith.state.AgentCommand.MarkAgentGone;
import org.mesolith.state.AgentCommand.MarkAgentReachable;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;
import org.mesolith.state.AgentCommand.PruneAgents;
import org.mesolith.state.AgentCommand.ReactivateAgent;
import org.mesolith.state.AgentCommand.RemoveAgent;
import org.mesolith.state.AgentCommand.UpdateAgent;

/** Commands about agents, both ways. */
final class AgentCommands {
    private AgentCommands() {}

    static void write(Log.Logged.Builder logged, AgentCommand command) {
        switch (command) {
            case AdmitAgent(var known, var info, var reserved, var address) -> {
                var written = Log.AdmitAgent.newBuilder()
                        .setInfo(InfoMapping.write(info))
                        .setReserved(ResourceMapping.write(reserved))
                        .setAddress(address);
                if (known != null) {
                    written.setKnown(known.value());
                }
                logged.setAdmitAgent(written);
            }
            case UpdateAgent(var agent, var info) ->
                logged.setUpdateAgent(
                        Log.UpdateAgent.newBuilder().setAgent(agent.value()).setInfo(InfoMapping.write(info)));
            case MarkAgentsUnreachable(var agents) -> {
                var written = Log.MarkAgentsUnreachable.newBuilder();
                for (var silent : agents) {
                    written.addAgents(Log.MarkAgentsUnreachable.Silent.newBuilder()
                            .setAgent(silent.agent().value())
                            .setLastSeen(Values.time(silent.lastSeen())));
                }
                logged.setMarkAgentsUnreachable(written);
            }
            case MarkAgentReachable(var agent) -> logged.setMarkAgentReachable(of(agent));
            case MarkAgentGone(var agent) -> logged.setMarkAgentGone(of(agent));
            case DeactivateAgent(var agent) -> logged.setDeactivateAgent(of(agent));
            case ReactivateAgent(var agent) -> logged.setReactivateAgent(of(agent));
            case RemoveAgent(var agent) -> logged.setRemoveAgent(of(agent));
            case PruneAgents(var before, int keepMax) ->
                logged.setPruneAgents(Log.PruneAgents.newBuilder()
                        .setBefore(Values.time(before))
                        .setKeepMax(keepMax));
        }
    }

    static AgentCommand read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case ADMIT_AGENT -> {
                var read = logged.getAdmitAgent();
                yield new AdmitAgent(
                        read.hasKnown() ? new AgentId(read.getKnown()) : null,
                        InfoMapping.read(read.getInfo()),
                        ResourceMapping.read(read.getReserved()),
                        read.getAddress());
            }
            case UPDATE_AGENT ->
                new UpdateAgent(
                        new AgentId(logged.getUpdateAgent().getAgent()),
                        InfoMapping.read(logged.getUpdateAgent().getInfo()));
            case MARK_AGENTS_UNREACHABLE ->
                new MarkAgentsUnreachable(logged.getMarkAgentsUnreachable().getAgentsList().stream()
                        .map(silent -> new MarkAgentsUnreachable.Silent(
                                new AgentId(silent.getAgent()), Values.time(silent.getLastSeen())))
                        .toList());
            case MARK_AGENT_REACHABLE -> new MarkAgentReachable(of(logged.getMarkAgentReachable()));
            case MARK_AGENT_GONE -> new MarkAgentGone(of(logged.getMarkAgentGone()));
            case DEACTIVATE_AGENT -> new DeactivateAgent(of(logged.getDeactivateAgent()));
            case REACTIVATE_AGENT -> new ReactivateAgent(of(logged.getReactivateAgent()));
            case REMOVE_AGENT -> new RemoveAgent(of(logged.getRemoveAgent()));
            case PRUNE_AGENTS ->
                new PruneAgents(
                        Values.time(logged.getPruneAgents().getBefore()),
                        logged.getPruneAgents().getKeepMax());
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    private static Log.OfAgent of(AgentId agent) {
        return Log.OfAgent.newBuilder().setAgent(agent.value()).build();
    }

    private static AgentId of(Log.OfAgent command) {
        return new AgentId(command.getAgent());
    }
}
