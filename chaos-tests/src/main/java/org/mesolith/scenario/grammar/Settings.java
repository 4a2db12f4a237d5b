package org.mesolith.scenario.grammar;

import static org.mesolith.scenario.grammar.Form.may;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;

/** The settings of a scenario; what it does not say has the suite's default, which need not be the product's. */
public record Settings(
        Duration allocationInterval,
        List<Quantities> minAllocatable,
        List<String> fairnessExclude,
        boolean filterGpus,
        @Nullable String masterRegion,
        SortedMap<String, Double> weights,
        @Nullable List<String> rolesWhitelist,
        boolean authentication,
        List<Fields> acls,
        boolean aclsPermissive,
        @Nullable Duration offerTimeout,
        Duration agentPingTimeout,
        int maxAgentPingTimeouts,
        double agentRecoveryFactor) {
    /** Weights above zero by role. */
    private static final Kind<SortedMap<String, Double>> WEIGHTS = Kinds.map(Kinds.POSITIVE);

    private static final Kind<Duration> SOME_TIME = Kinds.scalar("a duration above 0", text -> {
        var duration = Kinds.DURATION.read(
                new org.mesolith.scenario.yaml.YamlNode.Text(new org.mesolith.scenario.yaml.Place("", 0), text, false));
        if (duration.isZero()) {
            throw new IllegalArgumentException("this is \"" + text + "\"");
        }
        return duration;
    });

    private static final Kind<Double> FRACTION = Kinds.scalar("a number from 0 to 1", text -> {
        double number = Kinds.number(text);
        if (number < 0 || number > 1) {
            throw new IllegalArgumentException("this is " + text);
        }
        return number;
    });

    static final Form FORM = Form.of(
            may("allocation_interval", SOME_TIME),
            may("min_allocatable", Kinds.MINIMUMS),
            may("fairness_exclude", Kinds.TEXTS),
            may("filter_gpu_resources", Kinds.TRUTH),
            may("master_region", Kinds.TEXT),
            may("weights", WEIGHTS),
            may("roles_whitelist", Kinds.TEXTS),
            may("authentication", Kinds.TRUTH),
            may("acls", PartKinds.ACLS),
            may("acls_permissive", Kinds.TRUTH),
            may("offer_timeout", SOME_TIME),
            may("agent_ping_timeout", SOME_TIME),
            may("max_agent_ping_timeouts", Kinds.COUNT),
            may("agent_recovery_factor", FRACTION));

    /** Of a scenario. */
    public static Settings of(Fields given) {
        return new Settings(
                given.get("allocation_interval", SOME_TIME, Duration.ofSeconds(1)),
                given.get(
                        "min_allocatable",
                        Kinds.MINIMUMS,
                        List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000))),
                given.get("fairness_exclude", Kinds.TEXTS, List.of()),
                given.get("filter_gpu_resources", Kinds.TRUTH, true),
                given.find("master_region", Kinds.TEXT),
                given.get("weights", WEIGHTS, new TreeMap<>()),
                given.find("roles_whitelist", Kinds.TEXTS),
                given.get("authentication", Kinds.TRUTH, true),
                given.get("acls", PartKinds.ACLS, List.of()),
                given.get("acls_permissive", Kinds.TRUTH, true),
                given.find("offer_timeout", SOME_TIME),
                given.get("agent_ping_timeout", SOME_TIME, Duration.ofSeconds(15)),
                given.get("max_agent_ping_timeouts", Kinds.COUNT, 5),
                given.get("agent_recovery_factor", FRACTION, 0.8));
    }
}
