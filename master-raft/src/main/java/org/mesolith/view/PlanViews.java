package org.mesolith.view;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.OperationView;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.OperatorReply.Maintenance.Answer;
import org.mesolith.model.MachineId;
import org.mesolith.model.Quota;
import org.mesolith.state.Registry;

/**
 * Quotas, maintenance and operations as they are shown.
 *
 * @param answers what frameworks answered when they were asked to leave agents
 */
record PlanViews(Registry registry, List<Answer> answers) {
    OperatorReply.Quotas quotas() {
        var quotas = new ArrayList<Quota>();
        registry.quotas().forEach(quotas::add);
        return new OperatorReply.Quotas(quotas);
    }

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

    OperatorReply.Operations operations() {
        var operations = new ArrayList<OperationView>();
        for (var framework : registry.operating()) {
            for (var row : registry.operationsOf(framework)) {
                operations.add(new OperationView(row.framework(), row.id(), row.agent(), row.type(), row.status()));
            }
        }
        return new OperatorReply.Operations(operations);
    }
}
