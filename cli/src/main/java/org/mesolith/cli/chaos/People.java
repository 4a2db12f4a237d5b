package org.mesolith.cli.chaos;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.process.Member;

/** Everybody who uses the cluster during a run. */
final class People {
    /** Those who write: they end before the frameworks let their tasks end. */
    static final List<Class<? extends Load>> OPERATORS = List.of(
            TableLoad.class,
            RepeatLoad.class,
            BackupLoad.class,
            ReservationLoad.class,
            ScheduleLoad.class,
            LimitLoad.class,
            SpareLoad.class);

    private static final int WEIGHT_WRITERS = 3;
    private static final int PAIRS = 2;
    private static final String LIMITED = "framework-3";
    private static final String KEEPER = "volumes";

    private final Stage stage;
    private final long seed;
    private final List<TaskLoad> frameworks;

    People(Stage stage, Marks marks, long seed) {
        this.stage = stage;
        this.seed = seed;
        var keeper = new VolumeChooser(stage, TaskLoad.role(KEEPER), marks.wrote(), seed);
        this.frameworks = List.of(
                new TaskLoad(1, stage, marks.began(), seed),
                new TaskLoad(2, stage, marks.began(), seed),
                new TaskLoad(3, stage, marks.began(), seed),
                new TaskLoad(KEEPER, stage, marks.began(), keeper, seed));
    }

    /** Those who launch tasks. */
    List<TaskLoad> frameworks() {
        return frameworks;
    }

    /**
     * All of them begin.
     *
     * @param spare an agent that comes and goes, which no fault strikes; null for none
     */
    void start(Loads loads, @Nullable Member spare) {
        for (int number = 1; number <= WEIGHT_WRITERS; number++) {
            loads.start(new TableLoad(TableLoad.Content.WEIGHTS, number, stage, seed));
        }
        for (int number = 1; number <= PAIRS; number++) {
            loads.start(new TableLoad(TableLoad.Content.QUOTA, number, stage, seed));
            loads.start(new EventLoad(number, stage, seed));
            loads.start(new ReservationLoad(number, stage, seed));
            loads.start(new ScheduleLoad(number, stage, seed));
        }
        loads.start(new RepeatLoad(1, stage, seed));
        loads.start(new BackupLoad(stage, seed));
        loads.start(new LimitLoad(stage, LIMITED, seed));
        if (spare != null) {
            loads.start(new SpareLoad(stage, spare, seed));
        }
        loads.start(new TasksRead(stage, seed));
        frameworks.forEach(framework -> {
            framework.begin();
            loads.start(framework);
        });
        loads.start(new LeaderWatch(stage, frameworks));
        loads.start(new StallWatch(stage.history()));
    }
}
