package org.mesolith.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.process.Member;

/** Everybody who uses the cluster during a run. */
final class People {
    /** Those that launch small tasks; another one keeps a volume. */
    private static final int FRAMEWORKS = 3;

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
    static List<FrameworkProcess> inProcesses(UserProcess.Home home, Marks marks, long seed) {
        var frameworks = new ArrayList<FrameworkProcess>();
        for (int number = 1; number <= FRAMEWORKS; number++) {
            long dice = TaskLoad.seed(number, seed);
            frameworks.add(new FrameworkProcess(TaskLoad.name(number), false, home, marks, dice));
        }
        frameworks.add(new FrameworkProcess(KEEPER, true, home, marks, seed));
        frameworks.forEach(FrameworkProcess::start);
        return frameworks;
    }

    /** Operators in processes of their own, which begin to start. */
    static List<OperatorProcess> operators(UserProcess.Home home, long seed) {
        var operators = new ArrayList<OperatorProcess>();
        for (Crew crew : Crew.values()) {
            operators.add(new OperatorProcess(crew, home, seed));
        }
        operators.forEach(OperatorProcess::start);
        return operators;
    }

    /** All of them begin, the operators on threads of this process. */
    void start(Loads loads) {
        for (Crew crew : Crew.values()) {
            crew.loads(stage, seed).forEach(loads::start);
        }
        startOthers(loads);
    }

    /**
     * All of them begin.
     *
     * @param operators in processes of their own
     * @param spare an agent that comes and goes, which no fault strikes
     */
    void start(Loads loads, List<OperatorProcess> operators, Member spare) {
        operators.forEach(crew -> {
            crew.begin();
            loads.start(crew);
        });
        loads.start(new SpareLoad(stage, spare, seed));
        startOthers(loads);
    }

    private void startOthers(Loads loads) {
        frameworks.forEach(framework -> {
            framework.begin();
            loads.start(framework);
        });
        loads.start(new LeaderWatch(stage, frameworks));
        loads.start(new StallWatch(stage.history()));
    }

    /** Whether these are operators who change something: they end before the frameworks let their tasks end. */
    static boolean write(Load load) {
        return switch (load) {
            case OperatorProcess crew -> crew.writes();
            case TableLoad _, RepeatLoad _, BackupLoad _ -> true;
            case ReservationLoad _, ScheduleLoad _, LimitLoad _, SpareLoad _ -> true;
            default -> false;
        };
    }

    /** Whether these look at what happens: they end when nothing happens any more. */
    static boolean watch(Load load) {
        return load instanceof OperatorProcess || load instanceof EventLoad || load instanceof LeaderWatch;
    }
}
