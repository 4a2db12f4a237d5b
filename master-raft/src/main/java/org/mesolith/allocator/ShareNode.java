package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One competitor among siblings: a client, the own entry of a client with clients below it, or an inner node. */
final class ShareNode {
    static final Comparator<ShareNode> POOREST_FIRST = Comparator.comparingDouble((ShareNode node) -> node.rank)
            .thenComparingLong(node -> node.grants)
            .thenComparing(node -> node.path);

    private static final long[] NOTHING = new long[0];

    final String path;
    final @Nullable ShareNode parent;
    final List<ShareNode> children = new ArrayList<>();
    long[] held = NOTHING;

    /** Copies of shared volumes by agent and volume: they count once. */
    final SortedMap<String, Integer> sharedCopies = new TreeMap<>();

    double weight = 1;
    long grants;

    /** Whether a client ends here (and not in its own entry below). */
    boolean isClient;

    boolean active;

    /** Clients at and below this node that want something. */
    int activeBelow;

    private double rank;
    private boolean rankIsOld = true;
    private boolean sorted;

    ShareNode(String path, @Nullable ShareNode parent) {
        this.path = path;
        this.parent = parent;
    }

    /** The children, poorest first. */
    List<ShareNode> ranking(long[] total) {
        if (!sorted) {
            for (var child : children) {
                if (child.rankIsOld) {
                    child.rank = Amounts.share(child.held, total) / child.weight;
                    child.rankIsOld = false;
                }
            }
            children.sort(POOREST_FIRST);
            sorted = true;
        }
        return children;
    }

    /** What this node holds, weighs or was granted has changed, and with it its place among its siblings. */
    void moved() {
        rankIsOld = true;
        if (parent != null) {
            parent.sorted = false;
        }
    }

    boolean isOwnEntry() {
        return path.endsWith(ShareTree.OWN_ENTRY);
    }

    /** The client's name, without the mark of an own entry. */
    String client() {
        return isOwnEntry() ? path.substring(0, path.length() - ShareTree.OWN_ENTRY.length()) : path;
    }
}
