package org.mesolith.sim;

import org.jspecify.annotations.Nullable;

/** A death that waits for a certain moment in the life of a process. */
final class Doom {
    private @Nullable Runnable death;

    /** From now on the next such moment is the last. */
    void await(Runnable dies) {
        death = dies;
    }

    /** It does not wait any more. */
    void spare() {
        death = null;
    }

    /** The moment has come; true when it was the last. */
    boolean strikes() {
        var dies = death;
        death = null;
        if (dies == null) {
            return false;
        }
        dies.run();
        return true;
    }
}
