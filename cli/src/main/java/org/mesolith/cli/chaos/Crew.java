package org.mesolith.cli.chaos;

import java.util.List;
import java.util.Locale;

/** Operators of a run who share a process. */
enum Crew {
    /** Weights and quota, and calls that are repeated under their keys. */
    TABLES(true) {
        @Override
        List<Load> loads(Stage stage, long seed) {
            return List.of(
                    new TableLoad(TableLoad.Content.WEIGHTS, 1, stage, seed),
                    new TableLoad(TableLoad.Content.WEIGHTS, 2, stage, seed),
                    new TableLoad(TableLoad.Content.WEIGHTS, 3, stage, seed),
                    new TableLoad(TableLoad.Content.QUOTA, 1, stage, seed),
                    new TableLoad(TableLoad.Content.QUOTA, 2, stage, seed),
                    new RepeatLoad(1, stage, seed));
        }
    },

    /** Reservations, and the limit of the role of a framework. */
    RESERVATIONS(true) {
        @Override
        List<Load> loads(Stage stage, long seed) {
            return List.of(
                    new ReservationLoad(1, stage, seed),
                    new ReservationLoad(2, stage, seed),
                    new LimitLoad(stage, "framework-3", seed));
        }
    },

    /** The maintenance schedule, and backups. */
    MAINTENANCE(true) {
        @Override
        List<Load> loads(Stage stage, long seed) {
            return List.of(
                    new ScheduleLoad(1, stage, seed), new ScheduleLoad(2, stage, seed), new BackupLoad(stage, seed));
        }
    },

    /** Those who only look: at the events and the tasks. */
    READERS(false) {
        @Override
        List<Load> loads(Stage stage, long seed) {
            return List.of(new EventLoad(1, stage, seed), new EventLoad(2, stage, seed), new TasksRead(stage, seed));
        }
    };

    /** More values than a crew ever writes: no two write the same. */
    private static final long VALUES_EACH = 1_000_000;

    private final boolean writes;

    Crew(boolean writes) {
        this.writes = writes;
    }

    /** What each of them does. */
    abstract List<Load> loads(Stage stage, long seed);

    /** Whether they change something. */
    boolean writes() {
        return writes;
    }

    /** The first value that they write. */
    long valuesFrom() {
        return ordinal() * VALUES_EACH + 1;
    }

    /** As their process is called. */
    String processName() {
        return "operators-" + name().toLowerCase(Locale.ROOT);
    }
}
