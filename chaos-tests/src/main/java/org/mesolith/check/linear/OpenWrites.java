package org.mesolith.check.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Writes whose end nobody knows make a search long: each may come at any later time, or never. Where every written
 * value is written once only, the reads tell what became of them, and nothing is lost by using that:
 *
 * <ul>
 *   <li>One of which nothing was ever read may be left out: if an order exists with it, nobody read between it and the
 *       writes over it, and the same order without it is one, too.
 *   <li>One of which something was read came before the end of that read.
 * </ul>
 */
public final class OpenWrites {

    private OpenWrites() {}

    /**
     * Operations that can be ordered exactly if the given ones can. They are returned as they are when a value is
     * written twice under one key.
     */
    public static List<Operation> bounded(List<Operation> operations) {
        if (!everyValueIsWrittenOnce(operations)) {
            return operations;
        }
        Map<String, Long> readUntil = new HashMap<>();
        var mayHaveBeenRead = new HashSet<String>();
        for (Operation read : operations) {
            // Writes that replace what they name have read it, too, if they were carried out.
            read.reads().forEach((key, value) -> {
                mayHaveBeenRead.add(mark(key, value));
                readUntil.merge(mark(key, value), read.returned(), Math::min);
            });
        }
        var bounded = new ArrayList<Operation>();
        for (Operation operation : operations) {
            if (!operation.isWrite() || !operation.isOpen()) {
                bounded.add(operation);
                continue;
            }
            long until = operation.writes().entrySet().stream()
                    .mapToLong(write -> readUntil.getOrDefault(mark(write.getKey(), write.getValue()), Operation.OPEN))
                    .min()
                    .orElse(Operation.OPEN);
            boolean mayBeSeen = operation.writes().entrySet().stream()
                    .anyMatch(write -> mayHaveBeenRead.contains(mark(write.getKey(), write.getValue())));
            if (mayBeSeen) {
                // A read that ended before the write was called keeps the write open: no order will be found.
                bounded.add(until > operation.called() ? operation.until(until) : operation);
            }
        }
        return bounded;
    }

    private static boolean everyValueIsWrittenOnce(List<Operation> operations) {
        var written = new HashSet<String>();
        return operations.stream()
                .allMatch(operation -> operation.writes().entrySet().stream()
                        .allMatch(write -> written.add(mark(write.getKey(), write.getValue()))));
    }

    private static String mark(String key, String value) {
        return key.length() + ":" + key + "=" + value;
    }
}
