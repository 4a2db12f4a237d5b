package org.mesolith.scenario.leader;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.model.FaultDomain;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Settings;
import org.mesolith.scenario.grammar.Stage;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.sim.calm.CalmDoors;

/** Plays the steps of the master level. */
public final class LeaderStage implements Stage {
    private final Clues clues;
    private final AgentSide agents;
    private final SchedulerSide schedulers;
    private final OperatorSide operators;
    private final LeaderLooks looks;

    /** A cluster with nothing in it; every principal of the scenario has credentials. */
    public LeaderStage(Settings settings, List<Scenario.Step> steps, Consumer<String> trace) {
        var secrets = new TreeMap<String, String>();
        secrets.put("p", Http.secret("p"));
        for (var step : steps) {
            var principal = step.fields().find("principal", Kinds.TEXT);
            if (principal != null && !principal.equals("wrong") && !principal.equals("absent")) {
                secrets.put(principal, Http.secret(principal));
            }
        }
        var doors = CalmDoors.of(settings.rolesWhitelist(), secrets, settings.authentication());
        this.clues = new Clues(new CalmCluster(leaderSettings(settings).withAcls(Acl.of(settings)), doors), trace);
        var inUse = new InUse(clues, steps);
        this.agents = new AgentSide(clues, inUse);
        this.schedulers = new SchedulerSide(clues, inUse);
        this.operators = new OperatorSide(clues);
        this.looks = new LeaderLooks(clues);
        operators.weights(settings.weights());
    }

    private static LeaderSettings leaderSettings(Settings settings) {
        var region = settings.masterRegion();
        var self = new MasterInfo(
                "m1", "127.0.0.1", 5_050, "m1", "1.11.0", region == null ? null : new FaultDomain(region, "zone"));
        return LeaderSettings.defaults(self)
                .with(product -> product.allocationInterval(settings.allocationInterval())
                        .offerTimeout(settings.offerTimeout())
                        .minAllocatable(settings.minAllocatable())
                        .roles(settings.rolesWhitelist())
                        .agentTimeout(
                                settings.agentPingTimeout().multipliedBy(Math.max(1, settings.maxAgentPingTimeouts())))
                        .fairnessExclude(settings.fairnessExclude())
                        .filterGpus(settings.filterGpus()))
                .withRecoveryFactor(settings.agentRecoveryFactor());
    }

    @Override
    public void play(Scenario.Step step) {
        clues.steps++;
        var given = step.fields();
        if (step.name().startsWith("expect-")) {
            looks.expect(step);
            return;
        }
        switch (step.name()) {
            case "add-agent" -> addAgent(given);
            case "update-agent" -> agents.update(given);
            case "remove-agent" -> agents.remove(given);
            case "status" -> agents.status(given);
            case "executor-ended" -> agents.executorEnded(given);
            case "disconnect-agent" -> agents.disconnect(given);
            case "reconnect-agent" -> agents.reconnect(given);
            case "restart-agent" -> agents.restart(given);
            case "silence-agent" -> agents.silence(given);
            case "lose-agent" -> agents.lose(given);
            case "failover-master" -> failOver();
            case "advance-clock" -> clues.cluster.advance(step.only(Kinds.DURATION));
            default -> scheduler(step.name(), given);
        }
    }

    private void addAgent(Fields given) {
        var unavailability = given.find("unavailability", PartKinds.UNAVAILABILITY);
        if (unavailability != null) {
            operators.addWindow(given.get("hostname", Kinds.TEXT, given.get("id", Kinds.TEXT)), unavailability);
        }
        agents.add(given);
    }

    private void failOver() {
        clues.cluster.failOver();
        clues.schedulers.values().forEach(Scheduler::streamEnded);
    }

    private void scheduler(String name, Fields given) {
        switch (name) {
            case "add-framework" -> schedulers.add(given);
            case "update-framework" -> schedulers.update(given);
            case "suppress" -> schedulers.suppress(given, true);
            case "revive" -> schedulers.suppress(given, false);
            case "accept" -> schedulers.accept(given);
            case "decline" -> schedulers.decline(given);
            case "kill" -> schedulers.kill(given);
            case "acknowledge" -> schedulers.acknowledge(given);
            case "reconcile" -> schedulers.reconcile(given);
            case "teardown" -> schedulers.teardown(given);
            case "disconnect-framework" -> schedulers.disconnect(given.get("framework", Kinds.TEXT));
            case "reconnect-framework" -> schedulers.reconnect(given);
            case "answer-inverse-offer" -> schedulers.answerInverse(given);
            default -> operator(name, given);
        }
    }

    private void operator(String name, Fields given) {
        switch (name) {
            case "operator-reserve", "operator-unreserve", "operator-create", "operator-destroy" ->
                operators.operate(name, given);
            case "update-quota" -> operators.updateQuota(given);
            case "update-weights" -> operators.updateWeights(given);
            case "schedule-maintenance" -> operators.scheduleMaintenance(given);
            case "start-maintenance" -> operators.maintain("START_MAINTENANCE", given);
            case "stop-maintenance" -> operators.maintain("STOP_MAINTENANCE", given);
            case "drain-agent" -> operators.agentCall("DRAIN_AGENT", given);
            case "deactivate-agent" -> operators.agentCall("DEACTIVATE_AGENT", given);
            case "reactivate-agent" -> operators.agentCall("REACTIVATE_AGENT", given);
            case "mark-agent-gone" -> operators.agentCall("MARK_AGENT_GONE", given);
            default -> throw new IllegalStateException("step " + name + " is not played at this level");
        }
    }
}
