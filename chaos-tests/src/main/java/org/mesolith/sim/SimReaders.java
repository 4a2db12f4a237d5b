package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mesolith.log.Barrier;

/** Who waits to hear whether a member of the group leads. */
final class SimReaders {
    /**
     * One of them.
     *
     * @param entries how many were decided when it asked
     */
    record Reader(int entries, CompletableFuture<Barrier> answer) {}

    private final List<Reader> waiting = new ArrayList<>();
    private final List<Reader> confirmed = new ArrayList<>();

    Reader add(int entries) {
        var reader = new Reader(entries, new CompletableFuture<>());
        waiting.add(reader);
        return reader;
    }

    /** The others said that the member leads. */
    void confirm(Reader reader) {
        if (waiting.remove(reader)) {
            confirmed.add(reader);
        }
    }

    /** Those who are confirmed hear so once what was decided when they asked is applied. */
    void tell(int applied, long index) {
        var told =
                confirmed.stream().filter(reader -> reader.entries <= applied).toList();
        confirmed.removeAll(told);
        told.forEach(reader -> reader.answer.complete(new Barrier.Reached(index)));
    }

    /** The leadership ended. */
    void fail(String why) {
        waiting.addAll(confirmed);
        var left = List.copyOf(waiting);
        clear();
        left.forEach(reader -> reader.answer.complete(new Barrier.Failed(why)));
    }

    /** The process is dead: nobody hears anything. */
    void clear() {
        waiting.clear();
        confirmed.clear();
    }
}
