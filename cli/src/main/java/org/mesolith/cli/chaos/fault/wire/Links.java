package org.mesolith.cli.chaos.fault.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Way;

/** Which directions the faults of the network mean. The first victim is the one in question. */
final class Links {

    private Links() {}

    private static List<String> names(Collection<Member> members) {
        return members.stream().map(Member::name).toList();
    }

    private static List<String> otherMasters(Site site, Victims victims) {
        return names(site.mastersBut(victims.first()));
    }

    private static List<String> agents(Site site) {
        return names(site.cluster().agents());
    }

    /** A master and the other masters. */
    static List<Way> toMasters(Site site, Victims victims) {
        return Way.between(victims.first().name(), otherMasters(site, victims));
    }

    /** What the other masters send to one of them. */
    static List<Way> fromMastersOnly(Site site, Victims victims) {
        String one = victims.first().name();
        return otherMasters(site, victims).stream()
                .map(other -> new Way(other, one))
                .toList();
    }

    /** What a master sends to the others. */
    static List<Way> toMastersOnly(Site site, Victims victims) {
        return fromMastersOnly(site, victims).stream().map(Way::back).toList();
    }

    /** A master and the agents. */
    static List<Way> toAgents(Site site, Victims victims) {
        return Way.between(victims.first().name(), agents(site));
    }

    /** A master and the frameworks. */
    static List<Way> toFrameworks(Site site, Victims victims) {
        var frameworks = new ArrayList<>(List.of(ClusterProcess.FRAMEWORKS));
        site.frameworks().forEach(framework -> frameworks.add(framework.name()));
        return Way.between(victims.first().name(), frameworks);
    }

    /** A framework and all masters. */
    static List<Way> fromFramework(Site site, Victims victims) {
        return Way.between(
                victims.frameworks().getFirst().name(), names(site.cluster().masters()));
    }

    /** What a master answers to operators. */
    static List<Way> toOperatorsOnly(Site site, Victims victims) {
        return List.of(new Way(victims.first().name(), ClusterProcess.OPERATORS));
    }

    /** A master with all agents on the one side, the other masters on the other. */
    static List<Way> withAgents(Site site, Victims victims) {
        var ways = new ArrayList<>(toMasters(site, victims));
        otherMasters(site, victims).forEach(other -> ways.addAll(Way.between(other, agents(site))));
        return ways;
    }

    /** A master and everybody but operators, who see what it then answers. */
    static List<Way> toAllButOperators(Site site, Victims victims) {
        return Stream.of(toMasters(site, victims), toAgents(site, victims), toFrameworks(site, victims))
                .flatMap(List::stream)
                .toList();
    }

    /** A master, or an agent, and everybody whom it talks to. */
    static List<Way> toEverybody(Site site, Victims victims) {
        return site.cluster().agents().contains(victims.first())
                ? fromAgent(site, victims)
                : Stream.of(
                                toAllButOperators(site, victims),
                                Way.between(victims.first().name(), List.of(ClusterProcess.OPERATORS)))
                        .flatMap(List::stream)
                        .toList();
    }

    /** An agent and all masters. */
    static List<Way> fromAgent(Site site, Victims victims) {
        return Way.between(victims.first().name(), names(site.cluster().masters()));
    }

    /** A master with as many others as a minority has, and the rest. */
    static List<Way> halves(Site site, Victims victims) {
        List<Member> others = turned(site.mastersBut(victims.first()), victims.die());
        int with = site.cluster().masters().size() / 2 - 1;
        var minority = new ArrayList<>(others.subList(0, with));
        minority.add(victims.first());
        return apart(minority, others.subList(with, others.size()));
    }

    /** Each half of the other masters reaches the other half only by way of one in the middle. */
    static List<Way> bridge(Site site, Victims victims) {
        List<Member> others = turned(site.mastersBut(victims.first()), victims.die());
        int half = others.size() / 2;
        return apart(others.subList(0, half), others.subList(half, others.size()));
    }

    /** Each master reaches only the two beside it: of five a majority with itself, and each another one. */
    static List<Way> ring(Site site, Victims victims) {
        List<Member> masters = turned(site.cluster().masters(), victims.die());
        var ways = new ArrayList<Way>();
        for (int one = 0; one < masters.size(); one++) {
            for (int other = one + 2; other < masters.size(); other++) {
                if (other - one != masters.size() - 1) {
                    ways.addAll(Way.between(
                            masters.get(one).name(), List.of(masters.get(other).name())));
                }
            }
        }
        return ways;
    }

    private static List<Way> apart(List<Member> these, List<Member> those) {
        return these.stream()
                .flatMap(one -> Way.between(one.name(), names(those)).stream())
                .toList();
    }

    /** The same in another order, out of the seed. */
    private static List<Member> turned(List<Member> members, int die) {
        int start = die % members.size();
        var turned = new ArrayList<>(members.subList(start, members.size()));
        turned.addAll(members.subList(0, start));
        return turned;
    }
}
