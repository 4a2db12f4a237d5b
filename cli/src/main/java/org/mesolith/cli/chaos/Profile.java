package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * What a run does, and what it must come to.
 *
 * @param name for the history
 * @param strikes how many faults, one after the other; at least one of each kind
 * @param strikesAreTimed true if faults go on until {@code length} is over, instead
 * @param length without faults that are timed: how long all of it may take
 * @param limits how many times the limits of {@code docs/chaos.md} the cluster may take to serve again
 * @param operationsMin how many operations must succeed for the run to mean something
 */
public record Profile(
        String name, int strikes, boolean strikesAreTimed, Duration length, int limits, int operationsMin) {

    /** Every fault that a run of today strikes with. */
    public static final List<Strike> STRIKES = List.of(Strike.values());

    private static final long WRITE_MILLIS = 5_000;
    private static final long OFFER_MILLIS = 10_000;
    private static final long TASK_MILLIS = 15_000;
    private static final List<Profile> ALL = List.of(
            new Profile("quick", STRIKES.size() + 1, false, Duration.ofMinutes(5), 3, 500),
            new Profile("standard", STRIKES.size(), true, Duration.ofMinutes(15), 1, 5_000),
            new Profile("long", STRIKES.size(), true, Duration.ofMinutes(60), 1, 20_000));

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
        return new Profile(name, strikes, true, Duration.ofMinutes(minutes), limits, operationsMin);
    }

    /** How long the cluster may take until it does everything again. */
    public Duration recoveryMax() {
        return Duration.ofMillis(TASK_MILLIS * limits);
    }

    /** What checkers must know of it. */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put("profile", name);
        settings.put("limit-write-ms", Long.toString(WRITE_MILLIS * limits));
        settings.put("limit-offer-ms", Long.toString(OFFER_MILLIS * limits));
        settings.put("limit-task-ms", Long.toString(TASK_MILLIS * limits));
        settings.put("operations-min", Integer.toString(operationsMin));
        settings.put("faults", Arrays.stream(Strike.values()).map(Strike::word).collect(Collectors.joining(" ")));
        return settings;
    }
}
