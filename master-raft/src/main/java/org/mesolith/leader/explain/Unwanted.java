package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.view.Sight;

/**
 * What a framework said that it does not want to be offered.
 *
 * @param suppressed roles for which it wants nothing
 * @param excluded for each role with offer constraints the agents that they exclude, in order
 */
public record Unwanted(FrameworkId framework, List<String> suppressed, SortedMap<String, List<AgentId>> excluded) {
    public Unwanted {
        suppressed = List.copyOf(suppressed);
        excluded = Collections.unmodifiableSortedMap(new TreeMap<>(excluded));
    }

    /** Of each framework that may be seen, in order of their ids. */
    public static List<Unwanted> of(Picture picture, Sight sight) {
        var agents = new TreeMap<AgentId, ConstraintFilter.Facts>();
        picture.input().agents().forEach(agent -> agents.put(agent.id(), ConstraintFilter.Facts.of(agent.info())));
        picture.aside().forEach(agent -> agents.put(agent.id(), ConstraintFilter.Facts.of(agent.info())));
        var all = new TreeMap<FrameworkId, Unwanted>();
        for (var demand : picture.input().frameworks()) {
            var row = picture.view().registry().framework(demand.id());
            if (row != null && sight.seesFramework(row.info())) {
                all.put(demand.id(), of(demand, agents));
            }
        }
        return List.copyOf(all.values());
    }

    private static Unwanted of(FrameworkDemand demand, SortedMap<AgentId, ConstraintFilter.Facts> agents) {
        var suppressed = new ArrayList<String>();
        demand.roles().forEach((role, wish) -> {
            if (wish.state() == RoleDemand.State.SUPPRESSED) {
                suppressed.add(role);
            }
        });
        var excluded = new TreeMap<String, List<AgentId>>();
        for (var role : demand.constraints().roles()) {
            var whom = new ArrayList<AgentId>();
            agents.forEach((id, facts) -> {
                if (demand.constraints().excludes(role, facts)) {
                    whom.add(id);
                }
            });
            excluded.put(role, whom);
        }
        return new Unwanted(demand.id(), suppressed, excluded);
    }
}
