package org.mesolith.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent lends on top of what it has. */
final class LentTest {
    @ParameterizedTest
    @CsvSource({
        "cpus{REV}:4;mem{REV}:64,'',cpus{REV}:4;mem{REV}:64",
        "cpus{REV}:4,cpus{REV}:3,cpus{REV}:4",
        "cpus{REV}:2,cpus{REV}:3,cpus{REV}:3",
        "'',cpus{REV}:3,cpus{REV}:3",
        "cpus{REV}:2,mem{REV}:8,cpus{REV}:2;mem{REV}:8"
    })
    void whatIsInUseIsPartOfWhatIsLent(String fixed, String inUse, String total) {
        assertThat(Lent.total(Resources.parse(fixed), Resources.parse(inUse))).isEqualTo(Resources.parse(total));
    }

    @ParameterizedTest
    @CsvSource({
        "cpus:1,is not revocable",
        "cpus{REV}:1;mem:2,is not revocable",
        "ports{REV}:[1-2],is not an amount",
        "cpus(role){REV}:1,is reserved",
        "disk[MOUNT:/m]{REV}:1,a disk of its own",
        "cpus{REV}{FOR role}:1,allocated"
    })
    void onlyPlainAmountsThatCanBeTakenBackAreLent(String wrong, String why) {
        assertThat(Lent.problems(Resources.parse(wrong)))
                .singleElement()
                .asString()
                .contains(why);
    }

    @Test
    void plainAmountsAreMadeRevocable() {
        var lent = Lent.of(Resources.parse("cpus:1;mem:2"));

        assertThat(lent).isEqualTo(Resources.parse("cpus{REV}:1;mem{REV}:2"));
        assertThat(Lent.problems(lent)).isEmpty();
    }
}
