package org.mesolith.cli.command.reservation;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Ids as a table shows them: the last part where it is enough to tell them apart, as every command accepts it. */
final class ShortIds {
    private final Map<String, Set<String>> idsByEnd = new HashMap<>();

    ShortIds(Collection<String> ids) {
        ids.forEach(
                id -> idsByEnd.computeIfAbsent(end(id), _ -> new HashSet<>()).add(id));
    }

    String of(String id) {
        Set<String> same = idsByEnd.getOrDefault(end(id), Set.of());
        return same.size() == 1 ? end(id) : id;
    }

    private static String end(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }
}
