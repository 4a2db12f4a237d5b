package org.mesolith.cli.chaos;

import java.util.ArrayList;
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
    /** Those that launch small tasks; another one keeps a volume. */
    private static final int FRAMEWORKS = 3;

    private static final String LIMITED = "framework-3";
    private static final String KEEPER = "volumes";

    private final Stage stage;
    private final long seed;
    private final List<? extends LaunchingLoad> frameworks;

    /** @param frameworks those who launch tasks */
    People(Stage stage, List<? extends LaunchingLoad> frameworks, long seed) {
        this.stage = stage;
        this.seed = seed;
        this.frameworks = List.copyOf(frameworks);
    }

    /** Frameworks on threads of this process. */
    static List<TaskLoad> onThreads(Stage stage, long seed) {
        var frameworks = new ArrayList<TaskLoad>();
        for (int number = 1; number <= FRAMEWORKS; number++) {
            frameworks.add(new TaskLoad(number, stage, null, seed));
        }
        var keeper = new VolumeChooser(stage, TaskLoad.role(KEEPER), null, seed);
        frameworks.add(new TaskLoad(KEEPER, stage, null, keeper, FrameworkPast.NONE, seed));
        return frameworks;
    }

    /** Frameworks in processes of their own, which begin to start. */
    static List<FrameworkProcess> inProcesses(FrameworkProcess.Home home, long seed) {
        var frameworks = new ArrayList<FrameworkProcess>();
        for (int number = 1; number <= FRAMEWORKS; number++) {
            frameworks.add(new FrameworkProcess(TaskLoad.name(number), false, home, TaskLoad.seed(number, seed)));
        }
        frameworks.add(new FrameworkProcess(KEEPER, true, home, seed));
        frameworks.forEach(FrameworkProcess::start);
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
