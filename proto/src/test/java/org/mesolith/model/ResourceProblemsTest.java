package org.mesolith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceProblemsTest {
    private static Resource one(String text) {
        return Resources.parse(text).get(0);
    }

    static Stream<Arguments> wrong() {
        Reservation star = Reservation.dynamic("*", "p");
        Reservation webFixed = Reservation.fixed("eng/web");
        Disk withHostPath =
                new Disk(null, new Disk.Persistence("id1", "p"), new Disk.Volume("data", Disk.Mode.RW, "/host"));
        Disk withoutPersistence = new Disk(null, null, new Disk.Volume("data", Disk.Mode.RW, null));
        return Stream.of(
                Arguments.of(Resource.scalar("cpus", -500), "is negative"),
                Arguments.of(Resource.scalar("mem", Milli.ofUnits(ResourceProblems.AMOUNT_MAX) + 1), "is too much"),
                Arguments.of(Resource.scalar("gpus", 1500), "is not whole"),
                Arguments.of(Resource.scalar(" ", 1), "has no name"),
                Arguments.of(one("cpus:1").withKind(ResourceKind.plain("cpus").pushReservation(star)), "cannot hold"),
                Arguments.of(one("cpus(+eng@p|+ads@p):1"), "is not below it"),
                Arguments.of(one("cpus(+eng@p|+eng@p):1"), "is not below it"),
                Arguments.of(
                        one("cpus(+eng@p):1")
                                .withKind(one("cpus(+eng@p):1").kind().pushReservation(webFixed)),
                        "static reservation above another"),
                Arguments.of(one("cpus(+eng@p){REV}:1"), "revocable and cannot be dynamically reserved"),
                Arguments.of(one("cpus[PATH:/data]:1"), "only \"disk\" may have it"),
                Arguments.of(one("cpus<SHARED>:1"), "only persistent volumes may be"),
                Arguments.of(one("disk[id1:data]:1"), "unreserved disk"),
                Arguments.of(one("disk(eng)[id1:data]{REV}:1"), "revocable disk"),
                Arguments.of(one("disk(eng)[id1]:1"), "no container path"),
                Arguments.of(one("disk(eng)[a/b:data]:1"), "wrong persistence id"),
                Arguments.of(
                        one("disk(eng):1").withKind(one("disk(eng):1").kind().withDisk(withHostPath)), "host path"),
                Arguments.of(
                        one("disk(eng):1").withKind(one("disk(eng):1").kind().withDisk(withoutPersistence)),
                        "without persistence"),
                Arguments.of(
                        one("disk:1").withKind(ResourceKind.plain("disk").withDisk(new Disk(null, null, null))),
                        "empty disk information"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongWithAResourceIsSaid(Resource resource, String sentence) {
        assertThat(ResourceProblems.of(resource)).singleElement().asString().contains(sentence);
    }

    @Test
    void validResourcesHaveNoProblem() {
        String valid = "cpus:0.5;gpus:2;ports:[1-9];disk(+eng@p|+eng/web@q#k=v)[MOUNT:/mnt,id1:data]<SHARED>:64<3>";

        assertThat(ResourceProblems.of(Resources.parse(valid).entries())).isEmpty();
    }

    @Test
    void resourcesOfOneNameMustHaveOneTypeAndNotBeTooMany() {
        Resource half = Resource.scalar("mem", Milli.ofUnits(ResourceProblems.AMOUNT_MAX) / 2 + 1);

        assertThat(ResourceProblems.of(List.of(one("x:1"), one("x:[1-2]"))))
                .singleElement()
                .isEqualTo("resource x is given as scalar and as ranges; use one of them");
        assertThat(ResourceProblems.of(List.of(half, half)))
                .singleElement()
                .asString()
                .contains("sum up to");
    }

    @Test
    void aTaskMayNotMixWhatDoesNotGoTogether() {
        assertThat(ResourceProblems.ofTask(Resources.parse("cpus:1;cpus{REV}:1")))
                .singleElement()
                .isEqualTo("resource cpus is both revocable and not; use one of them");
        assertThat(ResourceProblems.ofTask(Resources.parse("cpus{FOR a}:1;mem{FOR b}:1")))
                .singleElement()
                .isEqualTo("resources are allocated to several roles [a, b]; use those of one role");
        assertThat(ResourceProblems.ofTask(Resources.parse("disk(a)[id1:x]:1;disk(a)[id1:y]:1")))
                .singleElement()
                .isEqualTo("the persistence id id1 appears twice; use each volume once");
        assertThat(ResourceProblems.ofTask(Resources.parse("cpus:1;mem{REV}:1;disk(a)[id1:x]:1;disk(b)[id1:y]:1")))
                .isEmpty();
    }

    @Test
    void rangesAndSetsAsTheyAreSentMustNotRepeatThemselves() {
        assertThat(ResourceProblems.ofRanges("ports", 1, 5, 6, 9)).isEmpty();
        assertThat(ResourceProblems.ofRanges("ports", 1, 5, 5, 9))
                .singleElement()
                .asString()
                .contains("overlap");
        assertThat(ResourceProblems.ofRanges("ports", 5, 1))
                .singleElement()
                .asString()
                .contains("range 5-1");
        assertThat(ResourceProblems.ofRanges("ports", -1, 1))
                .singleElement()
                .asString()
                .contains("range -1-1");
        assertThat(ResourceProblems.ofItems("features", List.of("a", "b"))).isEmpty();
        assertThat(ResourceProblems.ofItems("features", List.of("a", "a")))
                .singleElement()
                .asString()
                .contains("twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpus",
                "cpus:",
                ":1",
                "cpus:x",
                "cpus:-1",
                "cpus:inf",
                "cpus:1:2",
                "cpus:1e99",
                "cpus(:1",
                "cpus()x:1",
                "cpus(a//b):1",
                "cpus{ODD}:1",
                "ports:[1]",
                "ports:[2-1]",
                "ports:[1-2",
                "ports:x[1-2]",
                "f:{a,b",
                "disk[PATH(a,b)]:1",
                "disk[PATH(a,b,c)x]:1",
                "disk[]:1",
                "disk(a)[i:p]<SHARED>:1<0>",
                "cpus:1<2>",
                "cpus(a#=v):1",
                "cpus:1e15;cpus:1e15",
                "ports:[1-99999999999999999999]"
            })
    void aTextThatIsNotOfTheSyntaxIsRefused(String text) {
        assertThatThrownBy(() -> Resources.parse(text)).isInstanceOf(MalformedTextException.class);
    }

    @Test
    void aRoleOfStarInThePlainSyntaxMeansUnreserved() {
        assertThat(ResourceText.parsePlain("cpus(*):2;mem:1", "ads")).hasToString("cpus:2;mem(ads):1");
    }

    @Test
    void aSetIsNoAttribute() {
        assertThatThrownBy(() -> AttributeText.parse("rack:{a,b}"))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("attribute \"rack:{a,b}\" is a set; give the name several times, once for each item");
    }
}
