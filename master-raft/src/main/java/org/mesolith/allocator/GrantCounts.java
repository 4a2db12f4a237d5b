package org.mesolith.allocator;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Roles;

/**
 * How often roles and frameworks were served: among equally poor ones, those served less come first. Soft state of a
 * leadership, changed between rounds by its owner only.
 *
 * <p>A role's count is that of its subtree. A role with subroles has an entry of its own among them ({@code role/.});
 * it starts with the role's count when the first subrole comes, and is forgotten when the last one goes.
 */
public final class GrantCounts {
    private final SortedMap<String, Long> byPath = new TreeMap<>();
    private final SortedMap<String, SortedMap<FrameworkId, Long>> byFramework = new TreeMap<>();

    /** The same counts, which stay as they are. */
    public GrantCounts copy() {
        var copy = new GrantCounts();
        copy.byPath.putAll(byPath);
        byFramework.forEach((role, counts) -> copy.byFramework.put(role, new TreeMap<>(counts)));
        return copy;
    }

    /** One more for this framework, its role and every ancestor. */
    public void add(String role, FrameworkId framework) {
        byPath.merge(role, 1L, Long::sum);
        byPath.computeIfPresent(ownEntry(role), (path, count) -> count + 1);
        for (var ancestor : Roles.ancestors(role)) {
            byPath.merge(ancestor, 1L, Long::sum);
        }
        byFramework.computeIfAbsent(role, r -> new TreeMap<>()).merge(framework, 1L, Long::sum);
    }

    /** Tells which roles have frameworks now: own entries begin and end accordingly, counts of others are dropped. */
    public void shape(SortedSet<String> roles) {
        byFramework.keySet().retainAll(roles);
        byPath.keySet().removeIf(path -> !isOwnEntry(path) && !roles.contains(path) && !hasSubrole(roles, path));
        byPath.keySet().removeIf(path -> isOwnEntry(path) && !needsOwnEntry(roles, owner(path)));
        for (var role : roles) {
            if (needsOwnEntry(roles, role)) {
                byPath.putIfAbsent(ownEntry(role), ofPath(role));
            }
        }
    }

    /** Forgets a framework that left the role. */
    public void forget(String role, FrameworkId framework) {
        var counts = byFramework.get(role);
        if (counts != null) {
            counts.remove(framework);
        }
    }

    /** Forgets a framework that has ended. */
    public void forget(FrameworkId framework) {
        byFramework.values().forEach(counts -> counts.remove(framework));
    }

    long ofPath(String path) {
        return byPath.getOrDefault(path, 0L);
    }

    long ofFramework(String role, FrameworkId framework) {
        var counts = byFramework.get(role);
        return counts == null ? 0 : counts.getOrDefault(framework, 0L);
    }

    static String ownEntry(String role) {
        return role + "/.";
    }

    private static boolean isOwnEntry(String path) {
        return path.endsWith("/.");
    }

    private static String owner(String ownEntry) {
        return ownEntry.substring(0, ownEntry.length() - 2);
    }

    private static boolean needsOwnEntry(SortedSet<String> roles, String role) {
        return roles.contains(role) && hasSubrole(roles, role);
    }

    private static boolean hasSubrole(SortedSet<String> roles, String role) {
        // '0' is the character after '/': everything below the role lies between the two.
        return !roles.subSet(role + "/", role + "0").isEmpty();
    }
}
