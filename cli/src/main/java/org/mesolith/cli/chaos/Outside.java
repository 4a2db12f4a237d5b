package org.mesolith.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.Waiting;

/**
 * A cluster that somebody else started, and perhaps breaks, is used and watched from outside, as in a run of the
 * {@link Controller}, but for what needs its processes or their files. Only one whose masters all say
 * {@code throw_away}.
 */
public final class Outside {
    /** The setting of masters that lets them be tested. */
    public static final String MARK = "throw_away";

    private static final Duration START_MAX = Duration.ofMinutes(1);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(4);
    private static final Duration SETTLE_MAX = Duration.ofSeconds(90);
    private static final int OPERATIONS_MIN_A_MINUTE = 100;

    private final List<HostPort> masters;
    private final Duration length;
    private final Path history;
    private final Progress progress;
    private final Map<HostPort, String> names = new LinkedHashMap<>();
    private final MasterDoor door;

    /**
     * A test that has not begun.
     *
     * @param masters all of the cluster
     * @param length how long it is used
     * @param history a new file
     */
    public Outside(List<HostPort> masters, Duration length, Path history, Progress progress) {
        this.masters = List.copyOf(masters);
        this.length = length;
        this.history = history;
        this.progress = progress;
        Map<String, HostPort> doors = new LinkedHashMap<>();
        for (int number = 1; number <= masters.size(); number++) {
            names.put(masters.get(number - 1), "master-" + number);
            doors.put("master-" + number, masters.get(number - 1));
        }
        this.door = new MasterDoor(names, doors, ANSWER_MAX);
    }

    /** Fails with {@link ExitCode#FAILED} unless every master says that its cluster may be thrown away. */
    public void refuseUnlessThrowAway() {
        var against = new ArrayList<String>();
        for (HostPort master : masters) {
            var answer = door.get(master, "/flags");
            if (answer.kind() != Kind.OK) {
                against.add(master + " cannot be asked (" + answer.why() + ")");
            } else if (!answer.body().text("flags." + MARK).equals("true")) {
                against.add(master + " does not say so");
            }
        }
        if (!against.isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "this cluster is not marked as one that may be thrown away: " + String.join("; ", against)
                            + ". The test would change weights, quota, reservations and the maintenance schedule, and"
                            + " run tasks; nothing was changed. Start every master with --" + MARK
                            + " if that is wanted");
        }
    }

    /** All of it; what is in the way stands in the history as {@code trouble}. */
    public void run(long seed) throws IOException {
        var settings = new TreeMap<String, String>();
        settings.put("profile", "test");
        settings.put("seed", Long.toString(seed));
        settings.put("masters", Integer.toString(masters.size()));
        settings.put("agents", "0");
        settings.put("faults", "none");
        // One that is only used has no reason to change its leader.
        settings.put("leaders-min", "1");
        settings.put("marks", "none");
        settings.put("operations-min", Long.toString(OPERATIONS_MIN_A_MINUTE * Math.max(1, length.toMinutes())));
        try (var writer = HistoryWriter.begin(history, settings)) {
            progress.begin(writer);
            try {
                work(writer, seed);
                writer.finish();
            } catch (IllegalStateException inTheWay) {
                String what = String.valueOf(inTheWay.getMessage());
                writer.seen("controller", "trouble", Map.of("what", what));
                progress.say("in the way: " + what);
            }
        }
    }

    private void work(HistoryWriter writer, long seed) {
        // What an earlier test left is not met again: every name of this one is new.
        String tag = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
        var stage = new Stage(writer, new Signs(), masters, masters, door, new AtomicLong(1), tag);
        var first = new ScheduleLoad(0, stage, seed);
        Waiting.until("the first write", START_MAX, () -> first.begin() ? "" : "it was not carried out");
        List<TaskLoad> frameworks = People.onThreads(stage, seed);
        var people = new People(stage, frameworks, seed);
        try (var loads = new Loads(writer)) {
            people.start(loads);
            long now = System.nanoTime();
            Waiting.until(
                    "everything to work once", START_MAX, () -> stage.signs().missingSince(now));
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() - end < 0 && !writer.isFull()) {
                LockSupport.parkNanos(Math.min(100_000_000L, Math.max(1, end - System.nanoTime())));
            }
            settle(loads, stage, frameworks);
            new FinalLook(stage).look(new Marks(null, null));
        }
    }

    private void settle(Loads loads, Stage stage, List<TaskLoad> frameworks) {
        progress.say("the load ends");
        stage.history().seen("controller", "settling", Map.of());
        loads.end(People::write);
        frameworks.forEach(TaskLoad::settle);
        try {
            Waiting.until("the tasks to end", SETTLE_MAX, () -> {
                var living = new ArrayList<String>();
                frameworks.forEach(framework -> living.addAll(framework.living()));
                return living.isEmpty() ? "" : "no end was told of " + living;
            });
        } catch (IllegalStateException late) {
            // Which ones stands in the history; a checker says so.
            progress.say(String.valueOf(late.getMessage()));
        }
        frameworks.forEach(TaskLoad::tearDown);
        loads.end(TaskLoad.class::isInstance);
        loads.end(People::watch);
    }
}
