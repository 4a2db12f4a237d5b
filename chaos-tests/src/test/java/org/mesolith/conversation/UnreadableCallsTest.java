package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mesolith.proto.gen.v1.scheduler.Call;

/**
 * Every scheduler call with every fault that keeps it from being read: a required field missing, a value of the wrong
 * kind, beyond its range, in the wrong alphabet. 400 with the place, and nothing has happened.
 */
final class UnreadableCallsTest {
    /** Deeper faults than this are of messages that stand in several places and were tried higher up. */
    private static final int DEPTH_MAX = 8;

    private static final int CASES_MIN = 5_000;

    private final CallBed bed = new CallBed();
    private final List<String> wrong = new ArrayList<>();
    private int tried;

    private void tryOut(WrongShapes.Case made) {
        tried++;
        var seen = bed.send(made.encoding(), made.body(), false);
        boolean refused = seen.status() == 400
                && seen.text().contains(made.place())
                && seen.events().isEmpty()
                && seen.same();
        if (!refused && wrong.size() < 50) {
            wrong.add(made + " → " + seen);
        }
    }

    @Test
    void nothingThatCannotBeReadIsMoreThanRefusedWithItsPlace() {
        var calls = GoodCalls.all();
        // One ACCEPT holds every operation as well as another.
        calls.keySet().removeIf(name -> name.startsWith("ACCEPT ") && !name.equals("ACCEPT LAUNCH"));
        calls.forEach((name, text) -> {
            var good = Bodies.message(Call.getDefaultInstance(), bed.call(text));
            new WrongShapes(good, DEPTH_MAX, this::tryOut)
                    .make(Set.of("framework_id", "type", good.getType().name().toLowerCase(Locale.ROOT)));
        });

        System.out.println(tried + " scheduler calls that cannot be read");
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(CASES_MIN);
    }
}
