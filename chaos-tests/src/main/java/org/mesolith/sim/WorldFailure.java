package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import org.mesolith.sim.plan.WorldSettings;

/** A simulation showed something that must not be. */
public final class WorldFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient WorldSettings settings;
    private final transient List<String> trace;
    private final Duration at;
    private final String what;
    private final String rule;

    WorldFailure(WorldSettings settings, Duration at, List<String> trace, RuntimeException cause) {
        super(
                "seed " + settings.seed() + ": " + cause.getMessage() + "; repeat it with -Dseed=" + settings.seed()
                        + "\n" + String.join("\n", trace),
                cause);
        this.settings = settings;
        this.trace = List.copyOf(trace);
        this.at = at;
        this.what = String.valueOf(cause.getMessage());
        this.rule = cause instanceof Overdue overdue ? overdue.rule() : site(cause);
    }

    /** The line of code that found it. */
    private static String site(RuntimeException cause) {
        for (var frame : cause.getStackTrace()) {
            var in = frame.getClassName();
            if (!in.equals("org.mesolith.base.Check") && !in.equals("org.mesolith.sim.Must")) {
                return frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return cause.getClass().getSimpleName();
    }

    /** With which it happens again. */
    public WorldSettings settings() {
        return settings;
    }

    /** The newest things that happened before, oldest first. */
    public List<String> trace() {
        return trace;
    }

    /** Virtual time since the simulation began. */
    public Duration at() {
        return at;
    }

    /** What was found. */
    public String what() {
        return what;
    }

    /** Which check failed: failures of one rule are taken for the same. */
    public String rule() {
        return rule;
    }
}
