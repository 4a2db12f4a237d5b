package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.check.history.HistoryEvent.Kind.OK;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Checkers of resources, offers and volumes, on histories in which their claims hold, and on ones in which not. */
final class ResourceCheckersTest {

    private static void holds(Checker checker, Tale tale) {
        Verdict verdict = checker.check(tale.end());
        assertThat(verdict.isGreen()).as(verdict.toString()).isTrue();
        assertThat(verdict.looked()).as(verdict.toString()).isPositive();
    }

    private static void isBroken(Checker checker, Tale tale, String... words) {
        Verdict verdict = checker.check(tale.end());
        assertThat(verdict.isGreen()).as(verdict.toString()).isFalse();
        assertThat(String.join("\n", verdict.problems())).contains(words);
    }

    private static Tale tale() {
        return new Tale("");
    }

    private static Tale agent(Tale tale, String total, String used, String offered) {
        return tale.get(
                "agents-get",
                Map.of("at", "m1", "agents", "S1", "total:S1", total, "used:S1", used, "offered:S1", offered));
    }

    private static Tale tasks(Tale tale, String used, String ports) {
        return tale.get("tasks-get", Map.of("at", "m2", "used:S1", used, "ports:S1", ports));
    }

    @Test
    void resourcesThatAreMadeUpLostOrGivenTwiceAreFound() {
        var checker = new ResourcesAreConserved();
        var good = agent(tale(), "cpus=4 mem=64", "cpus=1", "cpus=3 mem=64");
        holds(checker, tasks(agent(good, "cpus=4 mem=64.0", "cpus=4", ""), "cpus=4", "31000:t 31001:s"));

        isBroken(checker, agent(tale(), "cpus=4", "cpus=2", "cpus=2.1"), "cpus=2.1 offered", "only cpus=4");
        isBroken(checker, agent(agent(tale(), "cpus=4", "", ""), "cpus=3.9", "", ""), "has cpus=3.9", "had cpus=4");
        isBroken(checker, agent(agent(tale(), "cpus=4", "", ""), "cpus=4 mem=1", "", ""), "mem=1");
        isBroken(checker, tasks(agent(tale(), "cpus=4", "", ""), "cpus=4.1", ""), "m2 shows tasks on S1");
        isBroken(checker, tasks(tale(), "", "31000:t 31000:s"), "port 31000 of S1 in t and in s");
    }

    private static Tale offer(Tale tale, String id, String has) {
        var facts = new TreeMap<>(Map.of("offer", id, "agent", "S1"));
        facts.put("has", has);
        return tale.seenWith("f", "offer", facts);
    }

    private static Tale launch(Tale tale, String task, String offer) {
        return tale.call(OK, "f", "launch", "tasks=" + task + " offer=" + offer, "")
                .seen("controller", "ran", "task=" + task + " times=1");
    }

    @Test
    void whatIsInTwoOpenOffersIsFound() {
        var checker = new OffersAreExclusive();
        var total = agent(tale(), "cpus=4", "", "");
        var after = launch(offer(total, "1.1-O1", "cpus=4"), "a", "1.1-O1");
        holds(checker, launch(offer(after, "1.1-O2", "cpus=3"), "b", "1.1-O2"));

        var both = offer(offer(agent(tale(), "cpus=4", "", ""), "1.1-O1", "cpus=4"), "1.1-O2", "cpus=1");
        isBroken(checker, launch(launch(both, "a", "1.1-O1"), "b", "1.1-O2"), "[1.1-O1, 1.1-O2]", "cpus=5");

        // Of one that was not used nobody knows how long it was open.
        var declined = offer(offer(agent(tale(), "cpus=4", "", ""), "1.1-O1", "cpus=4"), "1.1-O2", "cpus=4");
        holds(checker, launch(declined, "b", "1.1-O2"));
    }

    @Test
    void anOldOfferThatStartsATaskIsFound() {
        var checker = new OldOffersAreVoid();
        var old = offer(offer(tale(), "1.4-O1", ""), "1.5-O1", "");
        holds(checker, old.call(OK, "f", "launch", "tasks=t offer=1.4-O1", ""));
        var used = offer(offer(tale(), "1.4-O1", ""), "1.5-O1", "");
        isBroken(checker, launch(used, "t", "1.4-O1"), "t was started", "Reign[epoch=1, term=5]");
        var epoch = offer(offer(tale(), "1.9-O1", ""), "2.1-O1", "");
        isBroken(checker, launch(epoch, "t", "1.9-O1"), "t was started");
        // Nobody had seen a newer one when it was sent.
        holds(checker, offer(launch(offer(tale(), "1.4-O1", ""), "t", "1.4-O1"), "1.5-O1", ""));
    }

    private static Tale volumes(Tale tale, String agent, String volumes) {
        return tale.get("agents-get", Map.of("at", "m1", "agents", agent, "volumes:" + agent, volumes));
    }

    @Test
    void aVolumeThatVanishesMovesOrComesBackIsFound() {
        var checker = new VolumesStay();
        var good = volumes(volumes(tale(), "S1", ""), "S1", "v1=16");
        volumes(volumes(good, "S2", ""), "S1", "v1=24");
        good.call(OK, "f", "launch", "tasks=t volume=v1 step=destroy", "");
        holds(checker, volumes(good, "S1", ""));

        isBroken(checker, volumes(volumes(tale(), "S1", "v1=16"), "S1", ""), "v1 is gone from S1");
        isBroken(checker, volumes(volumes(tale(), "S1", "v1=16"), "S2", "v1=16"), "v1 is on S2; it was on S1");
        var gone = volumes(tale(), "S1", "v1=16").call(OK, "f", "launch", "tasks=t volume=v1 step=destroy", "");
        isBroken(checker, volumes(volumes(gone, "S1", ""), "S1", "v1=16"), "v1 is back");
    }

    private static Tale use(Tale tale, String task) {
        return tale.call(OK, "framework", "launch", "tasks=" + task + " volume=v1 step=use", "")
                .update(task, "TASK_FINISHED", "u-" + task);
    }

    private static Tale wrote(Tale tale, String task, int lines) {
        return tale.seen("controller", "wrote", "task=" + task + " lines=" + lines);
    }

    @Test
    void dataThatIsGoneFromAVolumeIsFound() {
        var checker = new VolumesStay();
        holds(checker, wrote(wrote(use(use(tale(), "a"), "b"), "a", 1), "b", 2));
        isBroken(
                checker,
                wrote(wrote(use(use(tale(), "a"), "b"), "a", 1), "b", 1),
                "b found 1 lines on v1 where a had left 1");
    }
}
