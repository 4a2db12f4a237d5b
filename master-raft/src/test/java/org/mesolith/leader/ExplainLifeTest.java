package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.explain.AgentStories;
import org.mesolith.leader.explain.Explainer;
import org.mesolith.leader.explain.Forecast;
import org.mesolith.leader.explain.Picture;
import org.mesolith.leader.explain.RoleStories;
import org.mesolith.leader.explain.TaskStories;
import org.mesolith.leader.explain.Wish;
import org.mesolith.model.Resources;

/** What a leader's picture tells about offers, tasks, agents and roles. */
final class ExplainLifeTest {
    private final Bed bed = new Bed();

    private Picture picture() {
        return picture(bed);
    }

    private static Picture picture(Bed bed) {
        var seen = new ArrayList<Pictured>();
        bed.leaders().picture(seen::add);
        bed.queue.settle();
        if (seen.getFirst() instanceof Pictured.Seen(var picture)) {
            return picture;
        }
        throw new AssertionError("no picture: " + seen);
    }

    /** Verdict, text and change of each group. */
    private static List<String> explained(Picture picture, TestFramework framework) {
        var lines = new ArrayList<String>();
        for (var group : new Explainer(picture.scene(), framework.id(), () -> false)
                .all(null)
                .groups()) {
            var chain = group.example();
            var changes = chain == null
                    ? List.<String>of()
                    : chain.changes().stream().map(change -> change.text()).toList();
            lines.add(group.agents().size() + " " + group.verdict() + " " + changes);
        }
        return lines;
    }

    @Test
    void anOpenOfferIsSaidToBeHeld() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");

        assertThat(explained(picture(), framework)).containsExactly("1 HOLDS_OFFER []");
    }

    @Test
    void aRefusalIsToldWithItsRemainingTime() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ofSeconds(5));
        bed.advance(Duration.ofMillis(1_500));

        assertThat(explained(picture(), framework))
                .containsExactly("1 REFUSED_BEFORE [wait 3.5 s for the filter, or revive role r]");
    }

    @Test
    void aPictureDoesNotChangeWithWhatHappensAfterwards() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ofHours(1));
        var before = picture();
        framework.call(new SchedulerCall.Revive(List.of()));

        assertThat(explained(before, framework)).first().asString().startsWith("1 REFUSED_BEFORE");
        assertThat(explained(picture(), framework)).containsExactly("1 HOLDS_OFFER []");
    }

    @Test
    void aSuppressedRoleIsToldWithTheRevivalThatHelps() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ZERO);
        framework.call(new SchedulerCall.Suppress(List.of()));

        assertThat(explained(picture(), framework)).containsExactly("1 ROLE_SUPPRESSED [revive role r]");
    }

    @Test
    void whoHoldsAnAgentIsNamed() {
        bed.agent("h1", "cpus:2;mem:1024");
        var first = bed.framework("a");
        var offer = first.offers().getFirst();
        var second = bed.framework("b");

        assertThat(explained(picture(), second))
                .singleElement()
                .asString()
                .startsWith("1 NOTHING_FREE [wait until offer " + offer.id());
    }

    @Test
    void anAgentWithoutALinkIsToldToBeAway() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        agent.cut();

        assertThat(explained(picture(), framework)).first().asString().startsWith("1 NOT_CONNECTED");
    }

    @Test
    void roundsThatWaitForAgentsComeBeforeEverythingElse() {
        var waiting = new Bed(settings -> settings.withRecoveryFactor(1));
        var agent = waiting.agent("h1", "cpus:2;mem:1024");
        waiting.agent("h2", "cpus:2;mem:1024");
        var framework = waiting.framework("r");
        waiting.operator(new OperatorCall.SetQuota("r", Resources.parse("cpus:1"), false));
        waiting.failOver();
        agent.join();
        waiting.advance(Duration.ofSeconds(1));

        var picture = picture(waiting);

        assertThat(explained(picture, framework))
                .containsExactly(
                        "1 ROUNDS_HELD [wait 10 min, or until another agent is back, connect framework "
                                + framework.id() + ": it has to subscribe]",
                        "1 ROUNDS_HELD [wait 10 min, or until another agent is back, wait until it is back, or start "
                                + "the agent (agent c-0001-S0000000002), connect framework " + framework.id()
                                + ": it has to subscribe]");
        assertThat(new Explainer(picture.scene(), framework.id(), () -> true)
                        .all(null)
                        .groups()
                        .getFirst()
                        .text())
                .isEqualTo("there is quota, and the new leader makes no offers before 2 agents are back "
                        + "(allocator_agent_recovery_factor) or another 10 min are over (allocator_recovery_timeout): "
                        + "1 is back, 1 is missing");
    }

    @Test
    void storiesTellOfTasksAgentsAndRoles() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:128"));
        var picture = picture();

        var task = new TaskStories(picture.view());
        assertThat(task.tell(task.find("t1", null).getFirst()).because())
                .first()
                .asString()
                .contains("nothing was heard");
        assertThat(new AgentStories(picture).tell(agent.id()).items())
                .anySatisfy(item -> assertThat(item.name()).isEqualTo("t1"));
        assertThat(new RoleStories(picture).tell("r").facts()).containsEntry("weight", "1");
    }

    @Test
    void aForecastOfALiveClusterCountsOpenOffersAsFree() {
        bed.agent("h1", "cpus:2;mem:1024");
        bed.framework("r");

        var answer = new Forecast(picture().scene()).of(List.of(new Wish.AddFramework("new", "q")));

        assertThat(answer.unusedBefore().isEmpty()).isTrue();
        assertThat(answer.roles()).hasSize(2);
    }
}
