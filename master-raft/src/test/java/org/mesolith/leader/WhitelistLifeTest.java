package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mesolith.leader.explain.Aside;
import org.mesolith.model.Offer;

/** Which agents are offered while the list of hosts changes. */
final class WhitelistLifeTest {
    private static final Duration ROUND = Duration.ofSeconds(1);
    private final Bed bed = new Bed();

    private void list(String... hosts) {
        bed.leaders().whitelist(new TreeSet<>(List.of(hosts)));
        bed.queue.settle();
    }

    private static List<String> hosts(TestFramework framework) {
        return framework.offers().stream().map(Offer::hostname).toList();
    }

    @Test
    void onlyAgentsOfListedHostsAreOfferedFromTheNextRoundOnAndOpenOffersStay() {
        bed.agent("h1", "cpus:1;mem:64");
        bed.agent("h2", "cpus:1;mem:64");
        list("h1");
        var framework = bed.framework("ads");
        assertThat(hosts(framework)).containsExactly("h1");

        list("h2");
        assertThat(framework.rescinds()).isEmpty();
        assertThat(hosts(framework)).isEmpty();

        bed.advance(ROUND);
        assertThat(hosts(framework)).containsExactly("h2");
        assertThat(framework.rescinds()).isEmpty();
    }

    @Test
    void anAgentThatIsNotListedIsAsideForThatReason() {
        var agent = bed.agent("h1", "cpus:1;mem:64");
        list();

        var seen = new ArrayList<Pictured>();
        bed.leaders().picture(seen::add);
        bed.queue.settle();

        assertThat(seen.getFirst())
                .isInstanceOfSatisfying(
                        Pictured.Seen.class,
                        one -> assertThat(one.picture().scene().asides().get(agent.id()))
                                .extracting(Aside::reason)
                                .isEqualTo(Aside.Reason.NOT_WHITELISTED));
    }
}
