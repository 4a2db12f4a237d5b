package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import org.mesolith.api.SchedulerCall;
import org.mesolith.model.Filters;
import org.mesolith.model.InverseOffer;
import org.mesolith.model.OperationStatus;
import org.mesolith.sim.plan.Dice;

/** What a scheduler says about its operations, and about agents that it is asked to leave. */
final class SideTalk {
    private final SimProcess process;
    private final SchedulerLink link;
    private final Dice dice;

    SideTalk(SimProcess process, SchedulerLink link, Dice dice) {
        this.process = process;
        this.link = link;
        this.dice = dice;
    }

    /** It was told what became of an operation, and mostly says that it knows. */
    void told(OperationStatus status) {
        var uuid = status.uuid();
        var agent = status.agent();
        if (uuid != null && agent != null && !dice.oneIn(10)) {
            link.call(new SchedulerCall.AcknowledgeOperation(agent, status.operation(), uuid), reply -> {});
        }
    }

    /** It is asked to leave agents. */
    void asked(List<InverseOffer> offers) {
        var ids = offers.stream().map(InverseOffer::id).toList();
        process.after(dice.between(Duration.ZERO, Duration.ofSeconds(4)), () -> {
            if (link.isUp()) {
                var filters = new Filters(Duration.ofSeconds(dice.below(5)));
                link.call(new SchedulerCall.AnswerInverseOffers(ids, dice.oneIn(2), filters), reply -> {});
            }
        });
    }

    /** Asks what became of all its operations. */
    void wonder() {
        link.call(new SchedulerCall.ReconcileOperations(List.of()), reply -> {});
    }
}
