package org.mesolith.state.rules;

import org.mesolith.base.Check;
import org.mesolith.model.Resources;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.row.FrameworkRow;

/** What is left of the offers of one ACCEPT, and of their agent. One command, one thread. */
final class AcceptedOffer {
    private final Draft draft;
    private final AcceptOffers accept;
    private final FrameworkRow framework;
    private final Holdings holdings;

    /** Allocated to the role. */
    private Resources offered;

    AcceptedOffer(Draft draft, AcceptOffers accept) {
        var agent = Check.present(draft.before().agent(accept.agent()), "agent of an accepted offer");
        this.draft = draft;
        this.accept = accept;
        this.framework = Check.present(draft.before().framework(accept.framework()), "framework of an accept");
        this.holdings = new Holdings(draft, agent);
        this.offered = accept.offered().allocatedTo(accept.role());
    }

    Draft draft() {
        return draft;
    }

    AcceptOffers accept() {
        return accept;
    }

    FrameworkRow framework() {
        return framework;
    }

    /** The agent, whoever is offered what of it. */
    Holdings holdings() {
        return holdings;
    }

    /** Allocated to the role. */
    Resources offered() {
        return offered;
    }

    /** A task takes it; one copy of a shared volume serves any number of tasks. */
    void use(Resources needed) {
        offered = offered.minus(holdings.exclusive(needed));
        holdings.use(needed.unallocated());
    }

    /** Takes something out of the offer, and puts something in. */
    void replace(Resources taken, Resources put) {
        offered = offered.minus(taken.allocatedTo(accept.role())).plus(put.allocatedTo(accept.role()));
    }
}
