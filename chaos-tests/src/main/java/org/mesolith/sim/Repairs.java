package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is to be repaired: each at its time, and all of it when the trouble ends. */
final class Repairs {
    private final SimClock clock;
    private final List<Runnable> open = new ArrayList<>();
    private boolean over;

    Repairs(SimClock clock) {
        this.clock = clock;
    }

    void after(Duration time, Runnable repair) {
        open.add(repair);
        clock.after(time, () -> {
            if (!over && open.remove(repair)) {
                repair.run();
            }
        });
    }

    /** Repairs everything now; nothing breaks any more. */
    void all() {
        over = true;
        List.copyOf(open).forEach(Runnable::run);
        open.clear();
    }

    /** True once the trouble has ended. */
    boolean areOver() {
        return over;
    }
}
