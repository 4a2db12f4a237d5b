package org.mesolith.leader.explain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.allocator.Verdict;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** Says one verdict about an agent in words, and finds the change that takes it away. */
final class Reasons {
    private final Scene scene;
    private final Verdict verdict;
    private final AgentSupply agent;

    /** @param scene with a round over the agent */
    Reasons(Scene scene, Verdict verdict) {
        this.scene = scene;
        this.verdict = verdict;
        this.agent = Check.present(scene.supply(verdict.agent()), "agent of a verdict");
    }

    Blocker blocker() {
        var framework = verdict.framework();
        var role = verdict.role();
        return switch (verdict.answer()) {
            case FRAMEWORK_NOT_CONNECTED ->
                says("framework " + framework + " is not connected", new Change.Connect(framework));
            case ROLE_NOT_SUBSCRIBED ->
                says(
                        "framework " + framework + " is not subscribed to role " + role,
                        new Change.Subscribe(framework, role));
            case ROLE_SUPPRESSED -> says("the framework suppressed role " + role, new Change.Revive(framework, role));
            case NOTHING_FREE -> new Space(scene, verdict, agent).nothingFree();
            case NOTHING_USABLE -> new Space(scene, verdict, agent).nothingUsable();
            case OUTRANKED -> new Competition(scene, verdict).outranked();
            case CONSTRAINTS -> constraints();
            case AGENT_WITHOUT_MULTI_ROLE ->
                says(
                        "the agent does not know several roles (MULTI_ROLE)",
                        new Change.AgentCan(agent.id(), AgentCapability.MULTI_ROLE));
            case AGENT_WITHOUT_HIERARCHICAL_ROLE ->
                says(
                        "the agent does not know roles below others (HIERARCHICAL_ROLE), such as " + role,
                        new Change.AgentCan(agent.id(), AgentCapability.HIERARCHICAL_ROLE));
            case GPUS_NOT_WANTED ->
                says(
                        "the agent has gpus and is kept for frameworks that can use them",
                        new Change.FrameworkCan(framework, FrameworkCapability.GPU_RESOURCES));
            case OTHER_REGION -> region();
            case QUOTA_LIMIT, QUOTA_HEADROOM ->
                Check.present(new Budget(scene, verdict, agent).blocker(), "quota in the way");
            case BELOW_MINIMUM -> minimum();
            case REFUSED_BEFORE -> refused();
            case OFFERED -> throw new IllegalStateException("an offer has no blocker");
        };
    }

    /** What it is, in words. */
    String text() {
        return blocker().text();
    }

    private Blocker says(String text, @Nullable Change change) {
        return new Blocker(verdict.answer().name(), text, change);
    }

    private Blocker constraints() {
        var framework = Check.present(scene.framework(verdict.framework()), "framework");
        var unmet = framework.constraints().unmet(verdict.role(), ConstraintFilter.Facts.of(agent.info()));
        return says(
                "the framework's offer constraints for role " + verdict.role() + " exclude the agent: "
                        + String.join("; or ", unmet),
                new Change.DropConstraints(verdict.framework(), verdict.role()));
    }

    private Blocker region() {
        var domain = agent.info().domain();
        return says(
                "the agent is in region " + (domain == null ? "?" : domain.region()) + ", the masters in "
                        + scene.input().rules().region() + ", and the framework does not know regions",
                new Change.FrameworkCan(verdict.framework(), FrameworkCapability.REGION_AWARE));
    }

    private Blocker minimum() {
        var quota = new Budget(scene, verdict, agent).blocker();
        if (quota != null) {
            return quota;
        }
        var given = verdict.resources();
        var demand = role();
        var own = demand.minAllocatable();
        var minimums = own == null ? scene.input().rules().minAllocatable() : own;
        return says(
                "what is left, " + text(given) + ", is below the smallest offer of the "
                        + (own == null ? "cluster" : "framework") + ": "
                        + String.join(
                                " or ",
                                minimums.stream().map(Quantities::toString).toList()),
                new Change.LowerMinimum(verdict.framework(), verdict.role(), given.scalarQuantities()));
    }

    private Blocker refused() {
        var ends = scene.filters().ends(verdict.framework(), verdict.role(), agent.id());
        var refused = role().refused().getOrDefault(agent.id(), List.of());
        Duration wait = null;
        Resources which = Resources.EMPTY;
        for (int i = 0; i < refused.size(); i++) {
            if (!refused.get(i).contains(verdict.resources())) {
                continue;
            }
            which = refused.get(i);
            if (i < ends.size()) {
                var left = Duration.between(scene.now(), ends.get(i));
                wait = wait == null || left.compareTo(wait) > 0 ? left : wait;
            }
        }
        return says(
                "framework " + verdict.framework() + " refused " + which + " of the agent for role " + verdict.role()
                        + (wait == null ? "" : "; its filter lives for another " + Words.span(wait)),
                new Change.DropFilters(verdict.framework(), verdict.role(), agent.id(), wait));
    }

    private RoleDemand role() {
        var framework = Check.present(scene.framework(verdict.framework()), "framework");
        return Check.present(framework.roles().get(verdict.role()), "role of a framework");
    }

    static String text(Resources resources) {
        return resources.isEmpty() ? "nothing" : resources.toString();
    }
}
