package org.mesolith.view;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.OperatorReply.Maintenance.Answer;
import org.mesolith.model.MachineId;
import org.mesolith.state.Registry;

/**
 * Maintenance as it is shown.
 *
 * @param answers what frameworks answered when they were asked to leave agents
 */
record PlanViews(Registry registry, List<Answer> answers) {
    OperatorReply.Maintenance maintenance() {
        var draining = new ArrayList<OperatorReply.Maintenance.Draining>();
        for (var machine : registry.maintenance().draining()) {
            draining.add(new OperatorReply.Maintenance.Draining(machine, about(machine)));
        }
        return new OperatorReply.Maintenance(draining, registry.maintenance().down());
    }

    private List<Answer> about(MachineId machine) {
        return answers.stream()
                .filter(answer -> {
                    var agent = registry.agent(answer.agent());
                    return agent != null && machine.holds(agent.info().hostname(), agent.address());
                })
                .toList();
    }
}
