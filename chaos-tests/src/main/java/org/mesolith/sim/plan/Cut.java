package org.mesolith.sim.plan;

import java.util.Locale;

/**
 * Where a leadership is cut short: at the n-th command of a story that comes to a moment.
 *
 * @param point where on the command's way
 * @param number of the command, from 1, counted from the story's beginning
 * @param end how the leadership ends
 */
public record Cut(Point point, int number, End end) {
    /** Where on a command's way through the leader. */
    public enum Point {
        /** In the leader's log only; the next leader does not have it. */
        LOST(Moment.APPENDED),
        /** In the leader's log, not decided; the next leader has it and decides it. */
        KEPT(Moment.APPENDED),
        /** Decided, and applied by nobody. */
        COMMITTED(Moment.COMMITTED),
        /** Applied by the leader, and by nobody else for certain; nobody was told. */
        APPLIED(Moment.APPLIED);

        private final Moment moment;

        Point(Moment moment) {
            this.moment = moment;
        }

        /** The step of the command's way that is waited for. */
        public Moment moment() {
            return moment;
        }
    }

    /** How the leadership ends. */
    public enum End {
        /** Its process is killed, and started again a while later. */
        KILLED,
        /** It hands the lead over, and its process goes on. */
        STEPPED_DOWN
    }

    @Override
    public String toString() {
        return (end + " at " + point + " " + number).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
