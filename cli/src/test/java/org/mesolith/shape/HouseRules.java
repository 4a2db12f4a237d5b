package org.mesolith.shape;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructor;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/**
 * The rules of the house for the packages below one root; the root is a parameter so that bad examples can be shown.
 */
record HouseRules(String root) {
    private String[] under(String... packages) {
        return Arrays.stream(packages)
                .flatMap(name -> Stream.of(root + "." + name, root + "." + name + ".."))
                .toArray(String[]::new);
    }

    private String[] pure() {
        return under("model", "state", "allocator", "leader", "agent.core");
    }

    ArchRule pureCodeImportsNoIo() {
        return noClasses()
                .that()
                .resideInAnyPackage(pure())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.ratis..",
                        "org.rocksdb..",
                        "io.netty..",
                        "com.google.protobuf..",
                        "picocli..",
                        "java.io",
                        "java.net",
                        "java.nio.file..");
    }

    ArchRule pureCodeReadsNoClockAndRollsNoDice() {
        return classes()
                .that()
                .resideInAnyPackage(pure())
                .should(never(callMethodWhere(target(owner(assignableTo(java.time.Instant.class)))
                                .and(target(name("now"))))
                        .or(callMethodWhere(target(owner(assignableTo(System.class)))
                                .and(target(nameIn("nanoTime", "currentTimeMillis", "identityHashCode")))))
                        .or(callMethodWhere(
                                target(owner(assignableTo(UUID.class))).and(target(name("randomUUID")))))
                        .or(callMethodWhere(
                                target(owner(assignableTo(Math.class))).and(target(name("random")))))
                        .or(callCodeUnitWhere(target(owner(assignableTo(Thread.class)))))));
    }

    ArchRule onlyTheAllocatorMakesARandom() {
        return classes()
                .that()
                .resideInAnyPackage(under("model", "state", "leader", "agent.core"))
                .should(never(callCodeUnitWhere(
                        target(owner(assignableTo(Random.class))).and(target(name("<init>"))))));
    }

    ArchRule pureCodeHasNoUnorderedCollections() {
        return classes()
                .that()
                .resideInAnyPackage(pure())
                .should(never(callConstructor(HashMap.class)
                        .or(callConstructor(HashMap.class, int.class))
                        .or(callConstructor(HashMap.class, Map.class))
                        .or(callConstructor(HashSet.class))
                        .or(callConstructor(HashSet.class, int.class))
                        .or(callConstructor(HashSet.class, java.util.Collection.class))
                        .or(callConstructor(IdentityHashMap.class))
                        .or(callMethodWhere(target(owner(sameAs(Set.class, Map.class)))
                                .and(target(nameIn("of", "copyOf", "ofEntries")))))));
    }

    ArchRule theStateHasNoFloatingPoint() {
        return noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(under("model", "state"))
                .should()
                .haveRawType(double.class)
                .orShould()
                .haveRawType(float.class);
    }

    ArchRule theStateDoesNotLog() {
        return noClasses()
                .that()
                .resideInAnyPackage(under("model", "state"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..")
                .orShould()
                .dependOnClassesThat(sameAs(System.Logger.class));
    }

    ArchRule generatedTypesStayInTheCodecs() {
        return libraryOnlyIn(root + ".proto.gen..", under("codec", "statecodec", "proto.gen"));
    }

    ArchRule ratisStaysInRaft() {
        return libraryOnlyIn("org.apache.ratis..", under("raft"));
    }

    ArchRule rocksDbStaysInTheStore() {
        return libraryOnlyIn("org.rocksdb..", under("store"));
    }

    ArchRule nettyStaysInWire() {
        return libraryOnlyIn("io.netty..", under("wire"));
    }

    ArchRule picocliStaysInCliAndMains() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(under("cli"))
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..");
    }

    private ArchRule libraryOnlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    ArchRule importsFollowTheArrows() {
        return classes().that().resideInAPackage(root + "..").should(Arrows.followedUnder(root));
    }

    ArchRule noPackageCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    ArchRule onlyFewCallApply() {
        return classes()
                .that()
                .resideOutsideOfPackages(under("raft", "sim", "replay", "leader.preview", "state"))
                .should(never(callMethodWhere(
                        target(owner(nameEnds(".StateMachine"))).and(target(nameIn("apply", "step"))))));
    }

    ArchRule onlyRaftAndReplayWriteAStore() {
        return classes()
                .that()
                .resideOutsideOfPackages(under("raft", "replay", "store"))
                .should(never(callMethodWhere(target(owner(nameEnds(".store.RegistryStore", ".store.RocksStore")))
                        .and(target(nameIn("write", "replaceBy"))))));
    }

    ArchRule nothingIsInherited() {
        return classes()
                .that(areOurs())
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .beInterfaces()
                .orShould()
                .beEnums()
                .orShould()
                .beAnonymousClasses()
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .andShould(beSealedOrInterface());
    }

    private static com.tngtech.archunit.lang.ArchCondition<JavaClass> beSealedOrInterface() {
        return new com.tngtech.archunit.lang.ArchCondition<>("be sealed when abstract") {
            @Override
            public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
                boolean plainAbstract = item.getModifiers().contains(JavaModifier.ABSTRACT)
                        && !item.isInterface()
                        && !item.isEnum()
                        && !item.reflect().isSealed();
                if (plainAbstract) {
                    events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                            item, item.getName() + " is abstract and not sealed"));
                }
            }
        };
    }

    ArchRule nothingIsProtected() {
        return codeUnits()
                .that()
                .areDeclaredInClassesThat(areOurs())
                .and(DescribedPredicate.describe("override nothing", HouseRules::overridesNothing))
                .should()
                .notBeProtected();
    }

    private static boolean overridesNothing(com.tngtech.archunit.core.domain.JavaCodeUnit unit) {
        var names = unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        return unit.getOwner().getAllRawSuperclasses().stream()
                .noneMatch(parent -> parent.tryGetMethod(unit.getName(), names).isPresent());
    }

    ArchRule locksStayAtTheRim() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages(under("base", "raft", "wire", "proto.gen"))
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED);
    }

    ArchRule noEmptyNames() {
        return noClasses()
                .that(areOurs())
                .should()
                .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl)(\\$.*)?$")
                .orShould()
                .haveSimpleNameStartingWith("Base")
                .orShould()
                .haveSimpleNameStartingWith("Abstract");
    }

    ArchRule noStaticMutableFields() {
        return fields().that()
                .areDeclaredInClassesThat(areOurs())
                .and()
                .areStatic()
                .and(DescribedPredicate.describe(
                        "written by hand", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .should()
                .beFinal();
    }

    ArchRule threadsAreMadeInFewPlaces() {
        return classes()
                .that(areOurs())
                .and()
                .resideOutsideOfPackages(under(
                        "base",
                        "raft",
                        "wire",
                        "store",
                        "agent.container",
                        "agent.fetch",
                        "agent.probe",
                        "process",
                        "cli"))
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should(never(callCodeUnitWhere(target(owner(assignableTo(Thread.class)))
                                .and(target(nameIn("<init>", "ofPlatform", "ofVirtual", "startVirtualThread"))))
                        .or(callMethodWhere(target(owner(assignableTo(Executors.class)))))
                        .or(callCodeUnitWhere(target(owner(assignableTo(ThreadPoolExecutor.class)))
                                .and(target(name("<init>")))))
                        .or(callMethodWhere(target(owner(assignableTo(CompletableFuture.class)))
                                .and(target(nameEndsAsync()))))));
    }

    ArchRule onlyMainsHaveMain() {
        return methods()
                .that()
                .haveName("main")
                .and()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Main");
    }

    private DescribedPredicate<JavaClass> areOurs() {
        return DescribedPredicate.describe(
                "are written by hand",
                type -> type.getPackageName().startsWith(root + ".")
                        && !type.getPackageName().startsWith(root + ".proto.gen")
                        && !type.getName().endsWith("package-info"));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.properties.HasName> nameIn(String... names) {
        var wanted = List.of(names);
        return DescribedPredicate.describe("one of " + wanted, item -> wanted.contains(item.getName()));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.properties.HasName> nameEndsAsync() {
        return DescribedPredicate.describe(
                "name ends with Async", item -> item.getName().endsWith("Async"));
    }

    private static DescribedPredicate<JavaClass> nameEnds(String... ends) {
        return DescribedPredicate.describe(
                "name ends with one of " + List.of(ends),
                type -> Arrays.stream(ends).anyMatch(type.getName()::endsWith));
    }

    private static DescribedPredicate<JavaClass> sameAs(Class<?>... types) {
        var wanted = Arrays.stream(types).map(Class::getName).toList();
        return DescribedPredicate.describe("one of " + wanted, type -> wanted.contains(type.getName()));
    }
}
