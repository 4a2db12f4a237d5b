package org.mesolith.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.process.Member;

/**
 * Waits until processes have little to do: on few cores the compilers of those that were just started take time from
 * what is measured, as they never do on masters that have run for a while.
 */
final class Calm {
    private static final Duration WINDOW = Duration.ofMillis(500);

    /** Share of one core that all of them may take together in a window. */
    private static final double BUSY_MAX = 0.25;

    private Calm() {}

    /**
     * @param max the longest wait
     * @return false when they were still busy then
     */
    static boolean await(List<Member> members, Duration max) {
        long until = System.nanoTime() + max.toNanos();
        Duration before = used(members);
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(WINDOW.toNanos());
            Duration now = used(members);
            if (now.minus(before).toNanos() <= BUSY_MAX * WINDOW.toNanos()) {
                return true;
            }
            before = now;
        }
        return false;
    }

    /** Processor time since their starts. */
    private static Duration used(List<Member> members) {
        return members.stream()
                .map(member -> ProcessHandle.of(member.process().pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
