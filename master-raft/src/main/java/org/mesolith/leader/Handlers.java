package org.mesolith.leader;

import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.Constraints;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.accept.Accepts;
import org.mesolith.leader.accept.Operations;
import org.mesolith.leader.agent.AgentSilence;
import org.mesolith.leader.agent.Agents;
import org.mesolith.leader.drain.AgentStates;
import org.mesolith.leader.drain.DrainPlans;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.leader.framework.Frameworks;
import org.mesolith.leader.offer.Offers;
import org.mesolith.leader.offer.Rounds;
import org.mesolith.leader.operator.DeclarationCalls;
import org.mesolith.leader.operator.Housekeeping;
import org.mesolith.leader.operator.MaintenanceCalls;
import org.mesolith.leader.operator.QuotaCalls;
import org.mesolith.leader.operator.ReservationCalls;
import org.mesolith.leader.operator.ReservationExpiry;
import org.mesolith.leader.operator.ResourceCalls;
import org.mesolith.leader.operator.TearDowns;
import org.mesolith.leader.operator.WeightCalls;
import org.mesolith.leader.task.Tasks;
import org.mesolith.leader.watch.Watchers;

/** The handlers of one term, made together and dropped together. */
record Handlers(
        Agents agents,
        Frameworks frameworks,
        Offers offers,
        Accepts accepts,
        Tasks tasks,
        Operations operations,
        OperatorRoutes operator,
        Housekeeping housekeeping,
        Watchers watchers) {
    /**
     * At the start of a term.
     *
     * @param self as frameworks are told
     * @param seed of the allocator's dice
     */
    static Handlers make(Present present, LeaderSettings settings, MasterInfo self, long seed, Tally tally) {
        var patience = new AgentSilence.Patience(
                settings.linkHeartbeat(),
                settings.agentTimeout(),
                settings.agentReregisterTimeout(),
                settings.agentRemovalInterval());
        var region = self.domain() == null ? null : self.domain().region();
        var rules = new AllocatorRules(
                settings.minAllocatable(),
                settings.fairnessExclude(),
                settings.filterGpus(),
                region,
                settings.sharing().strictLimits());
        var rounds = new Rounds.Settings(
                settings.allocationInterval(), settings.offerTimeout(), rules, settings.sharing(), seed);
        var acls = settings.acls();
        var framework = new Frameworks.Settings(
                self,
                settings.streamHeartbeat(),
                settings.frameworkReregisterTimeout(),
                settings.roles(),
                settings.rootSubmissions(),
                Constraints::problem,
                acls);
        var tasks = new Tasks(present, tally, acls);
        var operator = new OperatorRoutes(
                present,
                new WeightCalls(settings.roles(), acls),
                new QuotaCalls(present, settings.roles(), acls),
                new ResourceCalls(present, acls),
                new ReservationCalls(present, acls),
                new ReservationExpiry(present),
                new MaintenanceCalls(present, acls),
                new AgentStates(present, acls),
                new DrainPlans(present, acls),
                new DeclarationCalls(present, settings.roles(), acls),
                new TearDowns(present, acls),
                tasks);
        var agents = new Agents(present, patience, tally);
        var offers = new Offers(present, rounds, tally);
        return new Handlers(
                agents,
                new Frameworks(present, framework, tally),
                offers,
                new Accepts(present, tally, acls),
                tasks,
                new Operations(present, tally),
                operator,
                new Housekeeping(present, settings.pruning()),
                new Watchers(
                        present,
                        new Watchers.Settings(settings.watchersMax(), settings.streamHeartbeat()),
                        agents::recovered,
                        offers::open));
    }
}
