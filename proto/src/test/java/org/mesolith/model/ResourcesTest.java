package org.mesolith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourcesTest {
    private static Resources of(String text) {
        return Resources.parse(text);
    }

    @Test
    void twoTextsInDifferentOrderAreTheSameBag() {
        var left = of("mem:512;cpus:2;ports:[5-9,1-4]");
        var right = of("ports:[1-9];cpus:1;mem:512;cpus:1;disk:0");

        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right).hasToString("cpus:2;mem:512;ports:[1-9]");
    }

    @Test
    void takingAwayWhatIsNotThereIsABrokenPromise() {
        var free = of("cpus:2;mem:512");

        assertThatThrownBy(() -> free.minus(of("cpus:3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("{cpus:1}")
                .hasMessageContaining("{cpus:2;mem:512}");
        assertThat(free.without(of("cpus:3;gpus:1"))).isEqualTo(of("mem:512"));
    }

    @Test
    void theWayAVolumeIsMountedIsNotItsIdentityButIsKept() {
        var made = of("disk(+r@p)[id1:data]:64");
        var used = of("disk(+r@p)[id1:work]:64");

        assertThat(made.contains(used)).isTrue();
        assertThat(made.isSameAs(used)).isTrue();
        assertThat(made).isNotEqualTo(used);
        assertThat(made.minus(used)).isEqualTo(Resources.EMPTY);
    }

    @Test
    void aSumDoesNotDependOnItsOrderEvenIfASharedVolumeIsMountedInTwoWays() {
        var one = of("disk(r)[id1:a]<SHARED>:64");
        var other = of("disk(r)[id1:b]<SHARED>:64");

        assertThat(one.plus(other)).isEqualTo(other.plus(one)).hasToString("disk(r)[id1:a]<SHARED>:64<2>");
        assertThat(one.plus(other).quantities().milli("disk")).isEqualTo(64_000);
    }

    @Test
    void anAllocatedBagIsAnotherThingThanAFreeOne() {
        var free = of("cpus:2;mem(+r@p):64");

        var allocated = free.allocatedTo("r");

        assertThat(free.contains(allocated)).isFalse();
        assertThat(allocated.unallocated()).isEqualTo(free);
        assertThat(allocated.byAllocatedRole()).containsOnlyKeys("r");
        assertThat(allocated).hasToString("cpus{FOR r}:2;mem(+r@p){FOR r}:64");
    }

    @Test
    void aStackOfReservationsGrowsAndShrinksAtItsEnd() {
        var reservation = Reservation.dynamic("eng", "ops");

        var reserved = of("cpus:2").pushReservation(reservation);
        var refined = reserved.pushReservation(Reservation.dynamic("eng/web", "ops"));

        assertThat(refined).hasToString("cpus(+eng@ops|+eng/web@ops):2");
        assertThat(refined.popReservation()).isEqualTo(reserved);
        assertThat(refined.toUnreserved()).isEqualTo(of("cpus:2"));
        assertThat(refined.byReservedRole()).containsOnlyKeys("eng/web");
        assertThatThrownBy(() -> of("cpus:2").popReservation()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sumsOfAmountsAreExact() {
        var sum = of("cpus:0.1").plus(of("cpus:0.2"));

        assertThat(sum).isEqualTo(of("cpus:0.3"));
        assertThat(sum.milli("cpus")).isEqualTo(300);
    }

    @Test
    void aNegativeAmountIsRefusedAtTheDoor() {
        var negative = Resource.scalar("cpus", -1);

        assertThat(ResourceProblems.of(negative)).containsExactly("resource cpus:-0.001 is negative; give 0 or more");
        assertThatThrownBy(() -> Resources.of(List.of(negative))).isInstanceOf(IllegalArgumentException.class);
    }
}
