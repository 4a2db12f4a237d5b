package org.mesolith.sim;

import java.util.function.Predicate;

/** Rings when a framework has sent off that it accepts an offer; one may lie in wait for that. */
final class Bell {
    private Predicate<String> isHeard = role -> false;
    private Runnable waits = () -> {};

    /**
     * From now on this one lies in wait, once; nobody else does.
     *
     * @param role to which it must have been offered
     */
    void await(Predicate<String> role, Runnable then) {
        isHeard = role;
        waits = then;
    }

    /** An offer to this role. */
    void ring(String role) {
        if (!isHeard.test(role)) {
            return;
        }
        var then = waits;
        waits = () -> {};
        then.run();
    }
}
