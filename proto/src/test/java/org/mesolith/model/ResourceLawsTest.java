package org.mesolith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What holds for all bags, tried on random ones. {@code -Dseed=…} repeats a run, {@code -Dlaws.rounds=…} lengthens it.
 */
final class ResourceLawsTest {
    private static final String GARBAGE =
            "cpusdiskRAWMOUNTPATH{REV}<SHARED>{FOR a}(+a@p#k=v|/)[id:p,]:-.;0123456789 \n";

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final int rounds = Integer.getInteger("laws.rounds", 3000);
    private final RandomResources some = new RandomResources(seed);

    private void always(Consumer<RandomResources> law) {
        System.out.println("seed " + seed);
        for (int round = 0; round < rounds; round++) {
            law.accept(some);
        }
    }

    @Test
    void aSumHasNoOrder() {
        always(some -> {
            Resources a = some.bag();
            Resources b = some.bag();
            Resources c = some.bag();
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.plus(Resources.EMPTY)).isEqualTo(a);
        });
    }

    @Test
    void whatWasAddedCanBeTakenAwayAgain() {
        always(some -> {
            Resources a = some.countableBag();
            Resources b = some.countableBag();
            assertThat(a.plus(b).minus(b).isSameAs(a)).as("%s and %s", a, b).isTrue();
        });
    }

    @Test
    void aSumContainsItsParts() {
        always(some -> {
            Resources a = some.bag();
            Resources b = some.bag();
            assertThat(a.plus(b).contains(a)).as("%s and %s", a, b).isTrue();
            assertThat(a.contains(a)).isTrue();
            assertThat(a.contains(Resources.EMPTY)).isTrue();
        });
    }

    @Test
    void aBagContainsAnotherWhenNothingOfItIsMissing() {
        always(some -> {
            Resources a = some.bag();
            Resources b = some.random().nextBoolean() ? some.bag() : a.without(some.bag());
            assertThat(a.contains(b))
                    .as("%s and %s", a, b)
                    .isEqualTo(b.without(a).isEmpty());
        });
    }

    @Test
    void twoBagsThatContainEachOtherAreTheSame() {
        always(some -> {
            Resources a = some.bag();
            Resources b = some.random().nextBoolean() ? some.bag() : Resources.parse(a.toString());
            assertThat(a.isSameAs(b)).isEqualTo(a.contains(b) && b.contains(a));
        });
    }

    @Test
    void whatIsLeftAndWhatIsCommonMakeUpTheWhole() {
        always(some -> {
            Resources a = some.bag();
            Resources b = some.bag();
            assertThat(a.without(b).plus(a.intersect(b)).isSameAs(a))
                    .as("%s and %s", a, b)
                    .isTrue();
            assertThat(b.contains(a.intersect(b))).as("%s and %s", a, b).isTrue();
        });
    }

    @Test
    void everyResultIsNormalWhateverItsEntriesWereGivenLike() {
        always(some -> {
            Resources a = some.bag().plus(some.bag()).without(some.bag());
            List<Resource> shuffled = new ArrayList<>(a.entries());
            Collections.shuffle(shuffled, some.random());
            assertThat(Resources.of(shuffled)).isEqualTo(a).hasSameHashCodeAs(a);
            assertThat(a.entries()).noneMatch(Resource::isEmpty);
        });
    }

    @Test
    void quantitiesOfASumAreTheSumOfQuantities() {
        always(some -> {
            Resources a = some.countableBag().nonShared();
            Resources b = some.countableBag().nonShared();
            assertThat(a.plus(b).quantities()).isEqualTo(a.quantities().plus(b.quantities()));
            assertThat(a.quantities().plus(b.quantities()).without(b.quantities()))
                    .isEqualTo(a.quantities());
        });
    }

    @Test
    void whatIsPrintedIsReadBack() {
        always(some -> {
            Resources a = some.bag();
            assertThat(Resources.parse(a.toString())).isEqualTo(a);
        });
    }

    @Test
    void garbageIsReadOrRefusedButNeverBreaksTheReader() {
        Random random = some.random();
        always(_ -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                int from = random.nextInt(GARBAGE.length());
                text.append(GARBAGE, from, Math.min(GARBAGE.length(), from + 1 + random.nextInt(6)));
            }
            List<Consumer<String>> readers = List.of(
                    Resources::parse,
                    one -> ResourceText.parsePlain(one, "*"),
                    AttributeText::parse,
                    Quantities::parse,
                    QuantityLimits::parse);
            for (Consumer<String> reader : readers) {
                try {
                    reader.accept(text.toString());
                } catch (MalformedTextException refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
        });
    }

    @Test
    void aKindChangedAndChangedBackIsTheSame() {
        always(some -> {
            Resources a = some.bag().unallocated();
            assertThat(a.allocatedTo("x").unallocated()).isEqualTo(a);
            assertThat(a.pushReservation(Reservation.dynamic("a/b/c", "p")).popReservation())
                    .isEqualTo(a);
            assertThat(a.toUnreserved().reserved()).isEqualTo(Resources.EMPTY);
            assertThat(a.reserved().plus(a.unreserved())).isEqualTo(a);
            assertThat(a.shared().plus(a.nonShared())).isEqualTo(a);
        });
    }

    @Test
    void aBagContainsEachPartThatIsCutFromIt() {
        always(some -> {
            Resources a = some.bag();
            Quantities target = some.countableBag().quantities();
            Resources part = ResourceSelection.cut(a, target);
            assertThat(a.contains(part)).as("%s cut to %s", a, target).isTrue();
            assertThat(target.contains(part.quantities()))
                    .as("%s cut to %s", a, target)
                    .isTrue();
        });
    }

    @Test
    void rangesDoWhatSetsOfNumbersDo() {
        always(some -> {
            Ranges a = some.ranges(50);
            Ranges b = some.ranges(50);
            BitSet sum = bits(a);
            sum.or(bits(b));
            BitSet rest = bits(a);
            rest.andNot(bits(b));
            BitSet missing = bits(b);
            missing.andNot(bits(a));

            assertThat(bits(a.plus(b))).isEqualTo(sum);
            assertThat(bits(a.without(b))).isEqualTo(rest);
            assertThat(a.contains(b)).isEqualTo(missing.isEmpty());
            assertThat(a.numbers()).isEqualTo(bits(a).cardinality());
            assertThat(ValueText.parse(a.text())).isEqualTo(a);
        });
    }

    private static BitSet bits(Ranges ranges) {
        BitSet bits = new BitSet();
        for (int i = 0; i < ranges.count(); i++) {
            bits.set((int) ranges.begin(i), (int) ranges.end(i) + 1);
        }
        return bits;
    }

    @Test
    void amountsSurviveTheirTextAndTheirDouble() {
        Random random = some.random();
        always(_ -> {
            long milli = random.nextLong(1L << (1 + random.nextInt(50)));
            assertThat(Milli.ofDouble(Milli.toDouble(milli))).isEqualTo(milli);
            assertThat(Milli.read(Milli.text(milli))).hasValue(milli);
        });
    }
}
