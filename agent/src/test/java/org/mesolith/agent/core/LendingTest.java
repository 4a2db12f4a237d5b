package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.Resources;

/** What an agent lends on top of what it has, and when it says so. */
final class LendingTest {
    private static final Duration EVERY = Duration.ofSeconds(15);

    @Test
    void whatIsLentIsTakenOfWhatTheAgentSaysOfItselfWhenItJoins() {
        var bench = bench(Recovered.NOTHING, "cpus{REV}:4");
        bench.on(new AgentEvent.LinkUp(1));

        assertThat(joined(bench)).isEqualTo(Resources.parse("cpus{REV}:4"));
    }

    @Test
    void nothingIsSaidWhileTheSumOfWhatIsInUseAndWhatIsFreeStaysTheSame() {
        var bench = lending("cpus{REV}:4");
        bench.says(1, Bench.launch(Bench.F1, Bench.AT, "lent"));
        bench.advance(EVERY.multipliedBy(3));

        assertThat(bench.messages(LinkMessage.Oversubscribed.class)).isEmpty();
        assertThat(bench.core.snapshot(bench.now).lent()).isEqualTo(Resources.parse("cpus{REV}:4"));
    }

    @Test
    void moreIsInUseThanIsLentUntilItIsGivenBack() {
        var bench = lending("cpus{REV}:1");
        bench.says(1, Bench.launch(Bench.F1, Bench.AT, "lent"));
        bench.advance(EVERY);
        assertThat(told(bench)).containsExactly(Resources.parse("cpus{REV}:2"));

        bench.write();
        bench.on(new AgentEvent.Spawned(Bench.RUN, Bench.PROCESS));
        bench.on(new AgentEvent.Exited(Bench.RUN, new TaskExit.Status(0)));
        bench.on(new AgentEvent.CleanedUp(Bench.RUN));
        bench.advance(EVERY);

        assertThat(told(bench)).containsExactly(Resources.parse("cpus{REV}:2"), Resources.parse("cpus{REV}:1"));
    }

    @Test
    void whatIsInUseIsSaidEvenWhenTheAgentLendsNothingAnyMore() {
        var before = lending("cpus{REV}:4");
        before.says(1, Bench.launch(Bench.F1, Bench.AT, "lent"));
        before.write();
        var bench = bench(before.disk(), "");
        bench.on(new AgentEvent.LinkUp(1));

        assertThat(joined(bench)).isEqualTo(Resources.parse("cpus{REV}:2"));
    }

    @Test
    void aMasterOfTheVersionBeforeHearsOfItWhenTheAgentJoinsAgain() {
        var bench = bench(Recovered.NOTHING, "cpus{REV}:1");
        bench.on(new AgentEvent.LinkUp(1));
        welcome(bench, LinkMessage.Software.EXECUTORS);
        bench.says(1, Bench.launch(Bench.F1, Bench.AT, "lent"));
        bench.advance(EVERY);
        assertThat(told(bench)).isEmpty();

        bench.on(new AgentEvent.LinkDown(1));
        bench.on(new AgentEvent.LinkUp(2));

        assertThat(joined(bench)).isEqualTo(Resources.parse("cpus{REV}:2"));
    }

    private static Bench lending(String fixed) {
        var bench = bench(Recovered.NOTHING, fixed);
        bench.on(new AgentEvent.LinkUp(1));
        welcome(bench, LinkMessage.Software.OVERSUBSCRIPTION);
        return bench;
    }

    private static Bench bench(Recovered recovered, String fixed) {
        return new Bench(
                recovered, false, AgentSettings.Disk.UNSEEN, new AgentSettings.Lent(Resources.parse(fixed), EVERY));
    }

    /** Its master is never silent: only what is lent is looked at here. */
    private static void welcome(Bench bench, int level) {
        bench.says(1, new LinkMessage.Welcome(Bench.F1, Bench.AGENT, Duration.ofHours(1), List.of("m1:5050"), level));
        bench.writeIdentity();
    }

    private static Resources joined(Bench bench) {
        return bench.messages(LinkMessage.Join.class).getLast().info().resources();
    }

    private static List<Resources> told(Bench bench) {
        return bench.messages(LinkMessage.Oversubscribed.class).stream()
                .map(LinkMessage.Oversubscribed::total)
                .toList();
    }
}
