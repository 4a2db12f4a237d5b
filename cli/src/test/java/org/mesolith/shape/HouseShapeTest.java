package org.mesolith.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.base.Check;

/** The house has the shape that its architecture says, and every rule is shown to bite on a bad example. */
final class HouseShapeTest {
    private static final Map<String, Function<HouseRules, ArchRule>> RULES = new LinkedHashMap<>();

    static {
        RULES.put("pureCodeImportsNoIo", HouseRules::pureCodeImportsNoIo);
        RULES.put("pureCodeReadsNoClockAndRollsNoDice", HouseRules::pureCodeReadsNoClockAndRollsNoDice);
        RULES.put("onlyTheAllocatorMakesARandom", HouseRules::onlyTheAllocatorMakesARandom);
        RULES.put("pureCodeHasNoUnorderedCollections", HouseRules::pureCodeHasNoUnorderedCollections);
        RULES.put("theStateHasNoFloatingPoint", HouseRules::theStateHasNoFloatingPoint);
        RULES.put("theStateDoesNotLog", HouseRules::theStateDoesNotLog);
        RULES.put("generatedTypesStayInTheCodecs", HouseRules::generatedTypesStayInTheCodecs);
        RULES.put("ratisStaysInRaft", HouseRules::ratisStaysInRaft);
        RULES.put("rocksDbStaysInTheStore", HouseRules::rocksDbStaysInTheStore);
        RULES.put("nettyStaysInWire", HouseRules::nettyStaysInWire);
        RULES.put("picocliStaysInCliAndMains", HouseRules::picocliStaysInCliAndMains);
        RULES.put("importsFollowTheArrows", HouseRules::importsFollowTheArrows);
        RULES.put("noPackageCycles", HouseRules::noPackageCycles);
        RULES.put("onlyFewCallApply", HouseRules::onlyFewCallApply);
        RULES.put("onlyRaftAndReplayWriteAStore", HouseRules::onlyRaftAndReplayWriteAStore);
        RULES.put("nothingIsInherited", HouseRules::nothingIsInherited);
        RULES.put("nothingIsProtected", HouseRules::nothingIsProtected);
        RULES.put("locksStayAtTheRim", HouseRules::locksStayAtTheRim);
        RULES.put("noEmptyNames", HouseRules::noEmptyNames);
        RULES.put("noStaticMutableFields", HouseRules::noStaticMutableFields);
        RULES.put("threadsAreMadeInFewPlaces", HouseRules::threadsAreMadeInFewPlaces);
        RULES.put("onlyMainsHaveMain", HouseRules::onlyMainsHaveMain);
    }

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mesolith");
    private static final JavaClasses BAD = new ClassFileImporter().importPackages("bad.house");

    static Stream<String> rules() {
        return RULES.keySet().stream();
    }

    private static ArchRule rule(String name, String root) {
        return Check.present(RULES.get(name), "rule " + name).apply(new HouseRules(root));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseFollowsTheRule(String name) {
        rule(name, "org.mesolith").check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleBitesOnTheBadExample(String name) {
        var result = rule(name, "bad.house").evaluate(BAD);

        assertThat(result.hasViolation()).as(name).isTrue();
    }

    @Test
    void theWholeHouseWasLookedAt() {
        assertThat(HOUSE.stream().map(type -> type.getPackageName()))
                .contains(
                        "org.mesolith.base",
                        "org.mesolith.state",
                        "org.mesolith.raft",
                        "org.mesolith.leader",
                        "org.mesolith.agent.core",
                        "org.mesolith.process",
                        "org.mesolith.cli");
    }
}
