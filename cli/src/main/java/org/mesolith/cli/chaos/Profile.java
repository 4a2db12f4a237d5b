package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Faults;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.agent.AgentFaults;
import org.mesolith.cli.chaos.fault.disk.DiskFaults;
import org.mesolith.cli.chaos.fault.member.MemberFaults;
import org.mesolith.cli.chaos.fault.wire.WireFaults;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * What a run does, and what it must come to.
 *
 * @param name for the history
 * @param always faults of every run
 * @param oneOf of each of these lists a run has one fault, chosen by its seed
 * @param further how many faults come at least, beyond one of each kind
 * @param strikesAreTimed true if faults go on until {@code length} is over, instead
 * @param overlaps true if a second fault may begin while the first lasts
 * @param length without faults that are timed: how long all of it may take
 * @param limits how many times the limits of {@code docs/chaos.md} the cluster may take to serve again
 * @param operationsMin how many operations must succeed for the run to mean something
 */
public record Profile(
        String name,
        List<Fault> always,
        List<List<Fault>> oneOf,
        int further,
        boolean strikesAreTimed,
        boolean overlaps,
        Duration length,
        int limits,
        int operationsMin) {

    private static final long WRITE_MILLIS = 5_000;
    private static final long OFFER_MILLIS = 10_000;
    private static final long TASK_MILLIS = 15_000;
    /** Keeps the choice of a run's faults apart from what its schedule throws. */
    private static final long CHOICE = 0x5eed_f0f0L;

    /** Every fault there is. */
    static final List<Fault> FAULTS = together(List.of(
            Faults.PROCESSES,
            Faults.FRAMEWORKS,
            WireFaults.PARTITIONS,
            WireFaults.PARTITIONS_OF_FIVE,
            WireFaults.FRAMEWORKS,
            WireFaults.CONNECTIONS,
            WireFaults.PACKETS,
            AgentFaults.AGENTS,
            DiskFaults.DISKS,
            DiskFaults.MACHINE,
            MemberFaults.MEMBERSHIP,
            MemberFaults.UPGRADES,
            MemberFaults.BACKUPS,
            MemberFaults.OPERATORS));

    /** Harm to processes and to what joins them. */
    private static final List<Fault> GENERAL = together(List.of(
            Faults.PROCESSES,
            Faults.FRAMEWORKS,
            WireFaults.PARTITIONS,
            WireFaults.PARTITIONS_OF_FIVE,
            WireFaults.FRAMEWORKS,
            WireFaults.CONNECTIONS,
            WireFaults.PACKETS,
            AgentFaults.AGENTS,
            MemberFaults.OPERATORS));

    private static final String SOAK = "soak";
    private static final String SOAK_MILD = "soak-mild";

    /** In percent of the mean in an hour: more is growth. */
    private static final int GROWTH_PERCENT_MAX = 2;

    /** Nothing that begins anew: what a process needs is followed from beginning to end. */
    private static final List<Fault> MILD = Faults.PROCESSES.stream()
            .filter(fault -> Set.of("master-pause", "agent-pause", "handover").contains(fault.word()))
            .toList();

    static final List<Profile> ALL = List.of(
            new Profile(
                    "quick",
                    together(List.of(Faults.PROCESSES, Faults.FRAMEWORK_CRASHES)),
                    List.of(WireFaults.PARTITIONS, WireFaults.CONNECTIONS),
                    1,
                    false,
                    false,
                    Duration.ofMinutes(5),
                    3,
                    500),
            timed("standard", GENERAL, 15, 5_000),
            timed("long", GENERAL, 60, 20_000),
            timed(SOAK, List.of(), 60, 20_000),
            timed(SOAK_MILD, MILD, 60, 20_000),
            timed("disk", together(List.of(DiskFaults.DISKS, DiskFaults.MACHINE, MemberFaults.BACKUPS)), 15, 2_000),
            timed(
                    "upgrade",
                    together(
                            List.of(Faults.PROCESSES, AgentFaults.AGENTS, MemberFaults.UPGRADES, MemberFaults.BACKUPS)),
                    15,
                    2_000),
            timed(
                    "membership",
                    together(List.of(Faults.PROCESSES, MemberFaults.MEMBERSHIP, MemberFaults.BACKUPS)),
                    15,
                    2_000));

    private static List<Fault> together(List<List<Fault>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    private static Profile timed(String name, List<Fault> faults, int minutes, int operationsMin) {
        return new Profile(name, faults, List.of(), 0, true, true, Duration.ofMinutes(minutes), 1, operationsMin);
    }

    /** Lists are kept in order. */
    public Profile {
        always = List.copyOf(always);
        oneOf = oneOf.stream().map(List::copyOf).toList();
    }

    /** Whether what processes need is watched, and must not grow. */
    boolean watchesUse() {
        return name.equals(SOAK) || name.equals(SOAK_MILD);
    }

    /** The profile of this name. Fails with {@link ExitCode#USAGE}. */
    public static Profile named(String name) {
        return ALL.stream()
                .filter(profile -> profile.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "no profile is called `" + name + "`; there are: "
                                + ALL.stream().map(Profile::name).collect(Collectors.joining(", "))));
    }

    /** This one for so many minutes. */
    public Profile lasting(int minutes) {
        return new Profile(
                name, always, oneOf, further, true, overlaps, Duration.ofMinutes(minutes), limits, operationsMin);
    }

    /**
     * This one with these faults instead of its own; one that is named twice comes twice.
     *
     * @param words as {@link Fault#word} says them
     */
    public Profile striking(List<String> words) {
        var chosen = words.stream().map(Profile::fault).toList();
        if (chosen.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--faults names no fault");
        }
        int share = Math.max(1, strikes());
        int operations = (int) Math.min(operationsMin, (long) operationsMin * chosen.size() / share);
        return new Profile(
                name, chosen, List.of(), 0, strikesAreTimed, overlaps, length, limits, Math.max(1, operations));
    }

    private static Fault fault(String word) {
        return FAULTS.stream()
                .filter(fault -> fault.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "no fault is called `" + word.strip() + "`; there are: "
                                + FAULTS.stream().map(Fault::word).collect(Collectors.joining(", "))));
    }

    /** The faults of the run with this seed. */
    public List<Fault> faults(long seed) {
        var dice = new Random(seed ^ CHOICE);
        var faults = new ArrayList<>(always);
        oneOf.forEach(some -> faults.add(some.get(dice.nextInt(some.size()))));
        return faults;
    }

    /** How many strikes there are at least. */
    public int strikes() {
        return always.size() + oneOf.size() + further;
    }

    /** How long the cluster may take until it does everything again. */
    public Duration recoveryMax() {
        return Duration.ofMillis(TASK_MILLIS * limits);
    }

    /** What the faults of the run with this seed have to find before its processes are started. */
    public Set<Ground.Need> needs(long seed) {
        return faults(seed).stream()
                .flatMap(fault -> fault.needs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What checkers must know of a run with this seed. */
    public Map<String, String> settings(long seed) {
        var settings = new TreeMap<String, String>();
        settings.put("profile", name);
        settings.put("limit-write-ms", Long.toString(WRITE_MILLIS * limits));
        settings.put("limit-offer-ms", Long.toString(OFFER_MILLIS * limits));
        settings.put("limit-task-ms", Long.toString(TASK_MILLIS * limits));
        settings.put("operations-min", Integer.toString(operationsMin));
        boolean leads = faults(seed).stream().anyMatch(Profile::changesLeaders);
        settings.put("leaders-min", leads ? "2" : "1");
        if (watchesUse()) {
            settings.put("growth-percent-max", Integer.toString(GROWTH_PERCENT_MAX));
        }
        settings.put("faults", faults(seed).stream().map(Fault::word).collect(Collectors.joining(" ")));
        return settings;
    }

    private static boolean changesLeaders(Fault fault) {
        boolean meetsThem = fault.aims().contains(Aim.LEADER) || fault.aims().contains(Aim.MASTERS);
        return meetsThem && !fault.leavesTheLead();
    }
}
