package org.mesolith.allocator;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/** Takes down what a round finds about one framework while it goes on. */
final class Inquiry {
    private final FrameworkId about;
    private final Ranking ranking;
    private final Headroom headroom;
    private final Function<Headroom, Leftover> judges;
    private final SortedMap<String, Member> members = new TreeMap<>();
    private final SortedMap<String, SortedMap<AgentId, Verdict>> verdicts = new TreeMap<>();

    /** @param judges of agents while quota allows so much */
    Inquiry(FrameworkDemand about, Ranking ranking, Headroom headroom, Function<Headroom, Leftover> judges) {
        this.about = about.id();
        this.ranking = ranking;
        this.headroom = headroom;
        this.judges = judges;
        Member.forEach(about, (role, member) -> {
            members.put(role, member);
            verdicts.put(role, new TreeMap<>());
        });
    }

    /** By role and agent. */
    SortedMap<String, SortedMap<AgentId, Verdict>> verdicts() {
        return verdicts;
    }

    boolean isAbout(Member member) {
        return member.framework().id().equals(about);
    }

    /** Roles that the round had no reason to come to in the last turn of this agent: what it would have found. */
    void end(AgentSupply agent, Leftover leftover, List<Allocation> served) {
        members.forEach((role, member) -> {
            if (!of(role).containsKey(agent.id())) {
                leftover.turnTo(ranking.crowd(role));
                var found = leftover.judge(member);
                Check.that(!found.isOffered(), "the round came to everybody who can be offered something");
                refused(agent, role, found, served);
            }
        });
    }

    private SortedMap<AgentId, Verdict> of(String role) {
        return Check.present(verdicts.get(role), "role of the framework");
    }

    /** Both stages of a round may offer something. */
    void offered(AgentSupply agent, String role, Offerable found) {
        of(role).merge(
                        agent.id(),
                        new Verdict(about, role, agent.id(), Answer.OFFERED, found.resources(), null),
                        (first, second) -> new Verdict(
                                about,
                                role,
                                agent.id(),
                                Answer.OFFERED,
                                first.resources().plus(second.resources()),
                                null));
    }

    /** @param served who was given something of the agent before, in order */
    void refused(AgentSupply agent, String role, Offerable found, List<Allocation> served) {
        var verdict = served.isEmpty()
                ? new Verdict(about, role, agent.id(), found.answer(), found.resources(), null)
                : behind(agent, role, served);
        of(role).putIfAbsent(agent.id(), verdict);
    }

    /** Others were served before. They are only in the way if nothing else is: if it would have been offered first. */
    private Verdict behind(AgentSupply agent, String role, List<Allocation> served) {
        var judge = judges.apply(headroom.before(served));
        judge.begin(agent, agent.free(), false);
        judge.turnTo(ranking.crowd(role));
        var alone = judge.judge(Check.present(members.get(role), "role of the framework"));
        if (!alone.isOffered()) {
            return new Verdict(about, role, agent.id(), alone.answer(), alone.resources(), null);
        }
        var first = served.getFirst();
        var standing = ranking.standing(about, role, first.framework(), first.role());
        var rival = new Verdict.Rival(first.framework(), first.role(), first.resources(), standing);
        return new Verdict(about, role, agent.id(), Answer.OUTRANKED, alone.resources(), rival);
    }
}
